package io.ashlar.router.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of rows.
 *
 * @param rows objects by field name
 * @param nextPosition the keyset position of the last row, one value per sort key; null if there is no more
 */
public record PageAnswer(
        List<JsonNode> rows,
        boolean hasMore,
        @Nullable List<JsonNode> nextPosition,
        String source,
        long lagMs,
        String consistency,
        String reason,
        String token)
        implements Fresh {

    public PageAnswer {
        rows = List.copyOf(rows);
        nextPosition = nextPosition == null ? null : List.copyOf(nextPosition);
    }
}
