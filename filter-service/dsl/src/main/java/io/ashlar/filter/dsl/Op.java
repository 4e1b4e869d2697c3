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
    IS_NULL("is_null");

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

    static List<String> wires() {
        return Arrays.stream(values()).map(Op::wire).toList();
    }
}
