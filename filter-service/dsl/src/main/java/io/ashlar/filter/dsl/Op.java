package io.ashlar.filter.dsl;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The comparisons of a condition, with their names on the wire. */
public enum Op {
    EQ("eq"),
    NEQ("neq"),
    GT("gt"),
    GTE("gte"),
    LT("lt"),
    LTE("lte"),
    /** Half-open: low ≤ value &lt; high. */
    BETWEEN("between"),
    IN("in"),
    /** Substring, strings only; never a pattern. */
    CONTAINS("contains"),
    IS_NULL("is_null"),
    NOT_IN("not_in"),
    /** Strings; never a pattern. */
    STARTS_WITH("starts_with"),
    ENDS_WITH("ends_with"),
    /** The array has this element. */
    HAS("has"),
    HAS_ANY("has_any"),
    HAS_ALL("has_all"),
    /** All words of the operand occur in the text, as {@link Words} tells words apart. */
    SEARCH("search"),
    /** In a period relative to now; replaced by instants or days when a query is checked. */
    WITHIN("within");

    private static final Map<String, Op> BY_WIRE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Op::wire, Function.identity()));

    private final String wire;

    Op(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public static @Nullable Op ofWire(String wire) {
        return BY_WIRE.get(wire);
    }

    /** What the operator compares with. */
    Shape shape() {
        return switch (this) {
            case EQ, NEQ, GT, GTE, LT, LTE -> Shape.ONE;
            case CONTAINS, STARTS_WITH, ENDS_WITH, HAS, SEARCH -> Shape.TEXT;
            case IN, NOT_IN -> Shape.MANY;
            case HAS_ANY, HAS_ALL -> Shape.TEXTS;
            case BETWEEN -> Shape.RANGE;
            case IS_NULL -> Shape.FLAG;
            case WITHIN -> Shape.PERIOD;
        };
    }

    /** Kinds of operands, each with what a person is told when another one came. */
    enum Shape {
        ONE("One value is expected, not an array."),
        TEXT("A string is expected."),
        MANY("An array of values is expected."),
        TEXTS("An array of strings is expected."),
        RANGE("An array of two values is expected: from, inclusive, and to, exclusive."),
        FLAG("true or false is expected."),
        PERIOD("A period is expected, such as {\"last\": 7, \"unit\": \"day\"} or {\"this\": \"month\"}.");

        private final String expected;

        Shape(String expected) {
            this.expected = expected;
        }

        String expected() {
            return expected;
        }
    }

    static List<String> wires() {
        return Arrays.stream(values()).map(Op::wire).toList();
    }
}
