package io.ashlar.filter.dsl;

import java.util.List;

/**
 * A predicate over the rows of a dataset. Two-valued: every node is true or false for every row, also where a value is
 * absent, so {@link Not} is plain complement. Immutable.
 */
public sealed interface Filter {

    /** Every row. Wire: {@code {}}. */
    record All() implements Filter {}

    /**
     * One comparison of a field with constants. An absent value satisfies {@link Op#NEQ} and {@code is_null true} only.
     *
     * @param ignoreCase strings only: both sides are mapped to lower case, code point by code point
     */
    record Condition(String field, Op op, Operand operand, boolean ignoreCase) implements Filter {

        public Condition(String field, Op op, Operand operand) {
            this(field, op, operand, false);
        }
    }

    /** True iff every node is; of no nodes, true. */
    record And(List<Filter> nodes) implements Filter {

        public And {
            nodes = List.copyOf(nodes);
        }
    }

    /** True iff some node is; of no nodes, false. */
    record Or(List<Filter> nodes) implements Filter {

        public Or {
            nodes = List.copyOf(nodes);
        }
    }

    record Not(Filter node) implements Filter {}

    /** A stored filter, by its id; replaced by what it stands for before a query is compiled. */
    record Segment(String id) implements Filter {}

    static Filter all() {
        return new All();
    }

    /** No row: the empty disjunction, so that no node kind of its own is needed. */
    static Filter none() {
        return new Or(List.of());
    }

    /** Both, without a needless node where either is everything. */
    static Filter and(Filter left, Filter right) {
        if (left instanceof All) {
            return right;
        }
        return right instanceof All ? left : new And(List.of(left, right));
    }
}
