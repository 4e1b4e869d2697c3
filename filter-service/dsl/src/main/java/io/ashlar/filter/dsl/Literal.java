package io.ashlar.filter.dsl;

import java.math.BigDecimal;
import java.util.List;

/**
 * A constant as JSON spells it. Times, dates and UUIDs are text until the type of the field they meet is known.
 */
public sealed interface Literal {

    record Text(String value) implements Literal {}

    /** Equal by value, not by scale: {@code 1.0} and {@code 1} are the same constant. */
    @SuppressWarnings("JavaLangClash")
    record Number(BigDecimal value) implements Literal {

        public Number {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }

        public Number(long value) {
            this(BigDecimal.valueOf(value));
        }
    }

    record Flag(boolean value) implements Literal {}

    /** The value of a list field in an answer; never an operand. */
    record Texts(List<String> values) implements Literal {

        public Texts {
            values = List.copyOf(values);
        }
    }

    static Literal of(String value) {
        return new Text(value);
    }

    static Literal of(long value) {
        return new Number(value);
    }

    static Literal of(BigDecimal value) {
        return new Number(value);
    }

    static Literal of(boolean value) {
        return new Flag(value);
    }
}
