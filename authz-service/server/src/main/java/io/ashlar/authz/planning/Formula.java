package io.ashlar.authz.planning;

import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a condition over rows: when it is true, and when it is false, both without an error. A row for which
 * neither holds makes the evaluation fail.
 *
 * @param isTrue the rows for which it is true
 * @param isFalse the rows for which it is false; disjoint from {@code isTrue}
 */
record Formula(Filter isTrue, Filter isFalse) {

    static final Formula TRUE = new Formula(Filter.all(), Filter.none());
    static final Formula FALSE = new Formula(Filter.none(), Filter.all());

    /** Fails for every row: an attribute that is not there, an operator on values of the wrong kind. */
    static final Formula ERROR = new Formula(Filter.none(), Filter.none());

    static Formula of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Formula equal(String attribute, Literal value) {
        Filter present = present(attribute);
        return new Formula(
                and(present, new Filter.Condition(attribute, Op.EQ, new Operand.One(value))),
                and(present, new Filter.Condition(attribute, Op.NEQ, new Operand.One(value))));
    }

    static Formula oneOf(String attribute, List<Literal> values) {
        Filter present = present(attribute);
        if (values.isEmpty()) {
            return new Formula(Filter.none(), present);
        }
        Filter in = new Filter.Condition(attribute, Op.IN, new Operand.Many(values));
        return new Formula(and(present, in), and(present, new Filter.Not(in)));
    }

    /** {@code this && right}: the right side is looked at only where the left is true. */
    Formula andThen(Formula right) {
        return new Formula(and(isTrue, right.isTrue), or(isFalse, and(isTrue, right.isFalse)));
    }

    static Filter and(Filter left, Filter right) {
        if (isNone(left) || right instanceof Filter.All) {
            return left;
        }
        if (isNone(right) || left instanceof Filter.All) {
            return right;
        }
        List<Filter> nodes = new ArrayList<>(left instanceof Filter.And(List<Filter> inner) ? inner : List.of(left));
        for (Filter node : right instanceof Filter.And(List<Filter> inner) ? inner : List.of(right)) {
            if (!nodes.contains(node)) {
                nodes.add(node);
            }
        }
        return nodes.size() == 1 ? nodes.getFirst() : new Filter.And(nodes);
    }

    static Filter or(Filter left, Filter right) {
        if (left instanceof Filter.All || isNone(right)) {
            return left;
        }
        if (right instanceof Filter.All || isNone(left)) {
            return right;
        }
        List<Filter> nodes = new ArrayList<>(left instanceof Filter.Or(List<Filter> inner) ? inner : List.of(left));
        for (Filter node : right instanceof Filter.Or(List<Filter> inner) ? inner : List.of(right)) {
            if (!nodes.contains(node)) {
                nodes.add(node);
            }
        }
        return nodes.size() == 1 ? nodes.getFirst() : new Filter.Or(nodes);
    }

    static boolean isNone(Filter filter) {
        return filter instanceof Filter.Or(List<Filter> nodes) && nodes.isEmpty();
    }

    /** NULL is an absent attribute. */
    private static Filter present(String attribute) {
        return new Filter.Condition(attribute, Op.IS_NULL, new Operand.One(Literal.of(false)));
    }
}
