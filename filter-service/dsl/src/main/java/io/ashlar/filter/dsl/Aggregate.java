package io.ashlar.filter.dsl;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Groups of rows and what is measured of each. Wire: {@code {"group_by":[…],"measures":[…],"having":…}}.
 *
 * @param groupBy none: all rows are one group, also when there are none
 * @param measures at least one
 * @param having over the names of groups and measures
 * @param havingList whether {@code having} was an array, for the checker's pointers
 */
public record Aggregate(List<Group> groupBy, List<Measure> measures, Filter having, boolean havingList) {

    public Aggregate {
        groupBy = List.copyOf(groupBy);
        measures = List.copyOf(measures);
    }

    /**
     * Rows with one value of a field, or of its time bucket, make one group; rows without it another. Wire:
     * {@code {"field","bucket"?,"as"?}}.
     *
     * @param bucket a timestamp's day and larger units become the local date of their first day, smaller ones the
     *     instant of their start
     * @param as its name in the answer; the field's unless given
     */
    public record Group(String field, @Nullable CalendarUnit bucket, String as) {}

    /**
     * One number or value of a group. Wire: {@code {"fn","field"?,"p"?,"as"?}}.
     *
     * @param field null only for a count of rows
     * @param p of {@link Fn#PERCENTILE} only: 0 to 1
     * @param as its name in the answer; {@code fn} or {@code fn_field} unless given
     */
    public record Measure(
            Fn fn, @Nullable String field, @Nullable BigDecimal p, String as) {}

    /** What is measured. Absent values count for nothing but in a count of rows. */
    public enum Fn {
        COUNT,
        COUNT_DISTINCT,
        SUM,
        /** Exact, rounded half away from zero to six digits after the point; of doubles, a double. */
        AVG,
        MIN,
        MAX,
        /** A value that is there: the first that at least this share of the values does not exceed. */
        PERCENTILE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static @Nullable Fn ofWire(String wire) {
            return Arrays.stream(values())
                    .filter(fn -> fn.wire().equals(wire))
                    .findFirst()
                    .orElse(null);
        }

        static List<String> wires() {
            return Arrays.stream(values()).map(Fn::wire).toList();
        }

        /** Whether it can be measured of values of this type. */
        boolean takes(FieldType type) {
            return switch (this) {
                case COUNT -> true;
                case COUNT_DISTINCT -> type.isGroupable();
                case SUM, AVG -> type.isNumber();
                case MIN, MAX -> type.isMeasurable();
                case PERCENTILE -> type.isNumber() || type == FieldType.TIMESTAMP || type == FieldType.DATE;
            };
        }

        /** The type of the measure. */
        FieldType of(FieldType type) {
            return switch (this) {
                case COUNT, COUNT_DISTINCT -> FieldType.INT64;
                case SUM, AVG -> type == FieldType.DOUBLE ? type : FieldType.DECIMAL;
                case MIN, MAX, PERCENTILE -> type == FieldType.ENUM ? FieldType.STRING : type;
            };
        }

        /** Whether there is a measure of no values. */
        boolean isCount() {
            return this == COUNT || this == COUNT_DISTINCT;
        }
    }
}
