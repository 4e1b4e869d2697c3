package io.ashlar.filter.dsl;

import org.jspecify.annotations.Nullable;

/**
 * Which part of the answer is wanted.
 *
 * @param limit rows, at least 1
 * @param cursor what the page before said, or null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {

    /** Rows of a page when the caller names no limit. */
    public static final int DEFAULT_LIMIT = 50;

    public static PageRequest first() {
        return new PageRequest(DEFAULT_LIMIT, null);
    }
}
