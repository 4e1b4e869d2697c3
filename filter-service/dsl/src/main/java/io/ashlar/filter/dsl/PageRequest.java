package io.ashlar.filter.dsl;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the answer is wanted, and whether the number of all rows is. Of what makes two requests pages of one query,
 * nothing stands here.
 *
 * @param limit rows, at least 1
 * @param cursor what the page before said, or null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor, Count count) {

    /** Rows of a page when the caller names no limit. */
    public static final int DEFAULT_LIMIT = 50;

    /** How the rows of the whole query are to be counted. Wire: {@code {"page":{"count":"exact"}}}. */
    public enum Count {
        NONE,
        /** One by one: as dear as reading them all. */
        EXACT,
        /** By the store's statistics: cheap, and rough. */
        ESTIMATED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static @Nullable Count ofWire(String wire) {
            for (Count count : values()) {
                if (count.wire().equals(wire)) {
                    return count;
                }
            }
            return null;
        }

        static List<String> wires() {
            return Arrays.stream(values()).map(Count::wire).toList();
        }
    }

    public PageRequest(int limit, @Nullable String cursor) {
        this(limit, cursor, Count.NONE);
    }

    public static PageRequest first() {
        return new PageRequest(DEFAULT_LIMIT, null);
    }
}
