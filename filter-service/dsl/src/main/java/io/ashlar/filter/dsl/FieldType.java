package io.ashlar.filter.dsl;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What values a field holds; each with the operators that mean something for it. */
public enum FieldType {
    STRING,
    BOOL,
    INT64,
    DECIMAL,
    DOUBLE,
    /** An instant, microseconds. */
    TIMESTAMP,
    DATE,
    UUID,
    /** Prose: searched and looked into, neither compared whole nor sorted. */
    TEXT,
    /** Whole minor units of a currency, 64 bits: what row-level security can filter by with an index. */
    MONEY,
    /** One of the words that the field declares. */
    ENUM,
    /** A list of strings. */
    STRINGS("string[]");

    private static final Set<Op> EQUALITY = Set.of(Op.EQ, Op.NEQ, Op.IN, Op.NOT_IN, Op.IS_NULL);
    private static final Set<Op> ORDERED = with(EQUALITY, Op.GT, Op.GTE, Op.LT, Op.LTE, Op.BETWEEN);
    private static final Set<Op> TIMES = with(ORDERED, Op.WITHIN);
    private static final Set<Op> STRING_OPS = with(ORDERED, Op.CONTAINS, Op.STARTS_WITH, Op.ENDS_WITH);
    private static final Set<Op> TEXT_OPS = Set.of(Op.CONTAINS, Op.STARTS_WITH, Op.ENDS_WITH, Op.SEARCH, Op.IS_NULL);
    private static final Set<Op> LIST_OPS = Set.of(Op.HAS, Op.HAS_ANY, Op.HAS_ALL, Op.IS_NULL);

    private final String wire;

    FieldType() {
        this.wire = name().toLowerCase(Locale.ROOT);
    }

    FieldType(String wire) {
        this.wire = wire;
    }

    public Set<Op> operators() {
        return switch (this) {
            case STRING -> STRING_OPS;
            case TEXT -> TEXT_OPS;
            case BOOL, UUID, ENUM -> EQUALITY;
            case INT64, DECIMAL, MONEY, DOUBLE -> ORDERED;
            case TIMESTAMP, DATE -> TIMES;
            case STRINGS -> LIST_OPS;
        };
    }

    /** Whether rows can be ordered by the value itself. */
    public boolean isSortable() {
        return this != TEXT && this != STRINGS;
    }

    /** Whether equal values can be counted as one: not prose, lists, or doubles, of which two are never surely equal. */
    public boolean isGroupable() {
        return isSortable() && this != DOUBLE;
    }

    /** Whether there is a sum. */
    public boolean isNumber() {
        return this == INT64 || this == DECIMAL || this == MONEY || this == DOUBLE;
    }

    /** Whether there is a least value: bool and uuid have an order, but none that means anything. */
    public boolean isMeasurable() {
        return isSortable() && this != BOOL && this != UUID;
    }

    /** Whether a value is one string. */
    boolean isText() {
        return this == STRING || this == TEXT || this == ENUM;
    }

    public String wire() {
        return wire;
    }

    public static @Nullable FieldType ofWire(String wire) {
        for (FieldType type : values()) {
            if (type.wire.equals(wire)) {
                return type;
            }
        }
        return null;
    }

    static List<String> wires() {
        return Arrays.stream(values()).map(FieldType::wire).toList();
    }

    private static Set<Op> with(Set<Op> some, Op... more) {
        Set<Op> all = EnumSet.copyOf(some);
        all.addAll(List.of(more));
        return Collections.unmodifiableSet(all);
    }
}
