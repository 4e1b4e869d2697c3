package io.ashlar.filter.cursor;

import io.ashlar.filter.dsl.Literal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cursor holds.
 *
 * @param position the last row's values of the sort keys, null where absent
 * @param token consistency token of that page, so that the next is never older; null if there was none
 * @param expiresAt whole seconds
 */
public record CursorState(
        List<@Nullable Literal> position, @Nullable String token, Instant expiresAt) {

    public CursorState {
        position = Collections.unmodifiableList(new ArrayList<>(position));
    }
}
