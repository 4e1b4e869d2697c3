package io.ashlar.filter.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of groups.
 *
 * @param groups objects by the names of groups and measures
 * @param nextCursor asks for the next page of the same aggregate; null on the last one
 * @param source as in {@link QueryAnswer}, as are the rest
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupsAnswer(
        List<JsonNode> groups,
        @Nullable String nextCursor,
        String source,
        long lagMs,
        String consistency,
        String reason,
        @Nullable String token) {

    public GroupsAnswer {
        groups = List.copyOf(groups);
    }
}
