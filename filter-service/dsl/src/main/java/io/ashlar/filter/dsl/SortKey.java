package io.ashlar.filter.dsl;

import org.jspecify.annotations.Nullable;

/**
 * One key of an order. Wire: {@code {"field","dir":"asc|desc","nulls":"first|last","rank"?}}.
 *
 * @param rank null, or words: rows are ordered by how often these occur in the field, which is never absent
 */
public record SortKey(
        String field, Direction dir, Nulls nulls, @Nullable String rank) {

    public SortKey(String field, Direction dir, Nulls nulls) {
        this(field, dir, nulls, null);
    }

    public SortKey(String field, Direction dir) {
        this(field, dir, Nulls.LAST);
    }

    /** Which way the values run. */
    public enum Direction {
        ASC("asc"),
        DESC("desc");

        private final String wire;

        Direction(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }

        public static @Nullable Direction ofWire(String wire) {
            return switch (wire) {
                case "asc" -> ASC;
                case "desc" -> DESC;
                default -> null;
            };
        }
    }

    /** Where absent values stand, whichever way the others run; last if not said. */
    public enum Nulls {
        FIRST("first"),
        LAST("last");

        private final String wire;

        Nulls(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }

        public static @Nullable Nulls ofWire(String wire) {
            return switch (wire) {
                case "first" -> FIRST;
                case "last" -> LAST;
                default -> null;
            };
        }
    }
}
