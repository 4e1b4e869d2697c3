package io.ashlar.filter.dsl;

import java.util.List;

/** What a condition compares with. */
public sealed interface Operand {

    record One(Literal value) implements Operand {}

    /** Half-open: {@code low} belongs to it, {@code high} does not. */
    record Range(Literal low, Literal high) implements Operand {}

    /** Of {@link Op#WITHIN} only, and only until the query is checked. */
    record During(Period period) implements Operand {}

    record Many(List<Literal> values) implements Operand {

        public Many {
            values = List.copyOf(values);
        }
    }
}
