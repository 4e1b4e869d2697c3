package io.ashlar.router.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of groups.
 *
 * @param rows objects by the names of groups and measures
 * @param nextPosition the keyset position of the last group, one value per sort key; null if there is no more
 */
public record AggregateAnswer(
        List<JsonNode> rows,
        boolean hasMore,
        @Nullable List<JsonNode> nextPosition,
        String source,
        long lagMs,
        String consistency,
        String reason,
        String token)
        implements Fresh {

    public AggregateAnswer {
        rows = List.copyOf(rows);
        nextPosition = nextPosition == null ? null : List.copyOf(nextPosition);
    }
}
