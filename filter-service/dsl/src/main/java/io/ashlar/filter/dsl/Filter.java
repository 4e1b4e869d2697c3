package io.ashlar.filter.dsl;

import java.util.List;

/**
 * A predicate over the rows of a dataset. Two-valued: every node is true or false for every row, also where a value is
 * absent, so {@link Not} is plain complement. Immutable.
 */
public sealed interface Filter {

    /** Every row. Wire: {@code {}}. */
    record All() implements Filter {

        @Override
        public String toString() {
            return json();
        }
    }

    /**
     * One comparison of a field with constants. An absent value satisfies {@link Op#NEQ} and {@code is_null true} only.
     *
     * @param ignoreCase strings only: both sides are mapped to lower case, code point by code point
     */
    record Condition(String field, Op op, Operand operand, boolean ignoreCase) implements Filter {

        public Condition(String field, Op op, Operand operand) {
            this(field, op, operand, false);
        }

        /** The same, both sides in lower case. */
        public Condition ci() {
            return new Condition(field, op, operand, true);
        }

        @Override
        public String toString() {
            return json();
        }
    }

    /** True iff every node is; of no nodes, true. */
    record And(List<Filter> nodes) implements Filter {

        public And {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String toString() {
            return json();
        }
    }

    /** True iff some node is; of no nodes, false. */
    record Or(List<Filter> nodes) implements Filter {

        public Or {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String toString() {
            return json();
        }
    }

    record Not(Filter node) implements Filter {

        @Override
        public String toString() {
            return json();
        }
    }

    /** A stored filter, by its id; replaced by what it stands for before a query is compiled. */
    record Segment(String id) implements Filter {

        @Override
        public String toString() {
            return json();
        }
    }

    /** The first half of a condition: {@code Filter.where("delay").gt(60).and(Filter.where("origin").in("ORD"))}. */
    static Where where(String field) {
        return new Where(field);
    }

    static Filter segment(String id) {
        return new Segment(id);
    }

    /** Rows that both let through, without a needless node where either is everything. */
    default Filter and(Filter other) {
        if (other instanceof All) {
            return this;
        }
        return switch (this) {
            case All all -> other;
            case And(List<Filter> nodes) when !nodes.isEmpty() -> new And(Where.with(nodes, other));
            case And none -> other;
            case Condition condition -> new And(List.of(this, other));
            case Or or -> new And(List.of(this, other));
            case Not not -> new And(List.of(this, other));
            case Segment segment -> new And(List.of(this, other));
        };
    }

    /** Rows that either lets through. */
    default Filter or(Filter other) {
        return this instanceof Or(List<Filter> nodes) && !nodes.isEmpty()
                ? new Or(Where.with(nodes, other))
                : new Or(List.of(this, other));
    }

    /** The other rows. */
    default Filter not() {
        return this instanceof Not(Filter inner) ? inner : new Not(this);
    }

    /** The canonical JSON, which is also how filters print. */
    default String json() {
        return new FilterJson().write(this).toString();
    }

    static Filter all() {
        return new All();
    }

    /** No row: the empty disjunction, so that no node kind of its own is needed. */
    static Filter none() {
        return new Or(List.of());
    }
}
