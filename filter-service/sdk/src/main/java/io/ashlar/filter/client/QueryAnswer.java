package io.ashlar.filter.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of rows.
 *
 * @param rows objects by field name; a masked field is null
 * @param nextCursor asks for the next page of the same query; null on the last one
 * @param masked the fields of these rows that the caller may not see, sorted
 * @param source {@code primary}, the name of a replica, or {@code none} where the policies leave no row
 * @param lagMs the greatest age the rows can have, in milliseconds
 * @param consistency what was given: {@code strong}, {@code eventual}, {@code session} or {@code degraded}
 * @param reason why that source, one word
 * @param token a later read that carries it sees no less; null where no store was asked and no token was sent
 * @param count of all rows of the query, whatever the page; null unless asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueryAnswer(
        List<JsonNode> rows,
        @Nullable String nextCursor,
        List<String> masked,
        String source,
        long lagMs,
        String consistency,
        String reason,
        @Nullable String token,
        @Nullable Count count) {

    public QueryAnswer {
        rows = List.copyOf(rows);
        masked = List.copyOf(masked);
    }

    /**
     * How many rows there are.
     *
     * @param kind {@code exact}: counted at the page's freshness or a newer one; {@code estimated}: by the store's statistics
     */
    public record Count(long value, String kind) {}
}
