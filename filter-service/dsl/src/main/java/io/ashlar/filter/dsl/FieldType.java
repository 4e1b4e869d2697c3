package io.ashlar.filter.dsl;

import java.util.Arrays;
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
    UUID;

    private static final Set<Op> ALL = Set.of(Op.values());
    private static final Set<Op> ORDERED =
            Set.of(Op.EQ, Op.NEQ, Op.GT, Op.GTE, Op.LT, Op.LTE, Op.BETWEEN, Op.IN, Op.IS_NULL);
    private static final Set<Op> EQUALITY = Set.of(Op.EQ, Op.NEQ, Op.IN, Op.IS_NULL);

    private final String wire;

    FieldType() {
        this.wire = name().toLowerCase(Locale.ROOT);
    }

    public Set<Op> operators() {
        return switch (this) {
            case STRING -> ALL;
            case BOOL, UUID -> EQUALITY;
            case INT64, DECIMAL, DOUBLE, TIMESTAMP, DATE -> ORDERED;
        };
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
}
