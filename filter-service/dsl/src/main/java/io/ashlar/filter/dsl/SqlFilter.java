package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Filter.Segment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Filters as SQL conditions. Complements are pushed down to the comparisons: above them there is only AND and OR, for
 * which SQL's unknown is as good as false, and a complemented comparison is written so that it is never unknown. So
 * comparisons that are not complemented keep their indexes. Not thread-safe; for one statement.
 */
final class SqlFilter {

    private final Scope scope;
    private final SqlText out;
    private final Dialect dialect;

    SqlFilter(Scope scope, SqlText out) {
        this.scope = scope;
        this.out = out;
        this.dialect = out.dialect();
    }

    void write(Filter filter) {
        write(filter, true);
    }

    private void write(Filter filter, boolean wanted) {
        switch (filter) {
            case Filter.All all -> out.sql(wanted, "TRUE", "FALSE");
            case Condition condition -> leaf(condition, wanted);
            case And(List<Filter> nodes) -> join(nodes, wanted, wanted);
            case Or(List<Filter> nodes) -> join(nodes, wanted, !wanted);
            case Not(Filter inner) -> write(inner, !wanted);
            case Segment segment -> throw new IllegalArgumentException("a segment that nobody resolved");
        }
    }

    private void join(List<Filter> nodes, boolean wanted, boolean all) {
        if (nodes.isEmpty()) {
            out.sql(all, "TRUE", "FALSE");
            return;
        }
        out.sql("(");
        for (int i = 0; i < nodes.size(); i++) {
            if (i > 0) {
                out.sql(all, " AND ", " OR ");
            }
            write(nodes.get(i), wanted);
        }
        out.sql(")");
    }

    private void leaf(Condition condition, boolean wanted) {
        Field field = scope.require(condition.field());
        switch (condition.op()) {
            case IS_NULL -> dialect.isNull(out, field, condition.operand().equals(flag(wanted)));
            case NEQ -> holds(field, condition, Op.EQ, !wanted);
            case NOT_IN -> holds(field, condition, Op.IN, !wanted);
            case EQ, GT, GTE, LT, LTE, BETWEEN, IN, CONTAINS, STARTS_WITH, ENDS_WITH, HAS, HAS_ANY, HAS_ALL, SEARCH ->
                holds(field, condition, condition.op(), wanted);
            case WITHIN -> throw new IllegalArgumentException("a period that nobody resolved");
        }
    }

    private static Operand flag(boolean value) {
        return new Operand.One(new Literal.Flag(value));
    }

    /** The comparison, or that it is not true: false where it is false or unknown. */
    private void holds(Field field, Condition condition, Op op, boolean wanted) {
        out.sql(wanted, "", "(");
        comparison(field, condition, op);
        out.sql(wanted, "", ") IS NOT TRUE");
    }

    private void comparison(Field field, Condition condition, Op op) {
        switch (op) {
            case EQ, GT, GTE, LT, LTE -> compare(field, condition, op, one(condition));
            case BETWEEN -> {
                if (!(condition.operand() instanceof Operand.Range(Literal low, Literal high))) {
                    throw misshapen(op);
                }
                out.sql("(");
                compare(field, condition, Op.GTE, low);
                out.sql(" AND ");
                compare(field, condition, Op.LT, high);
                out.sql(")");
            }
            case IN -> dialect.in(out, part -> left(part, field, condition), field.type(), values(field, condition));
            case CONTAINS -> dialect.contains(out, part -> left(part, field, condition), text(condition));
            case ENDS_WITH -> dialect.endsWith(out, part -> left(part, field, condition), text(condition));
            case STARTS_WITH -> startsWith(field, condition);
            case HAS -> dialect.hasAll(out, field, List.of(text(condition)));
            case HAS_ANY -> dialect.hasAny(out, field, values(field, condition));
            case HAS_ALL -> dialect.hasAll(out, field, values(field, condition));
            case SEARCH -> dialect.search(out, field, List.copyOf(Words.distinct(text(condition))));
            case NEQ, NOT_IN, IS_NULL, WITHIN -> throw misshapen(op);
        }
    }

    private void compare(Field field, Condition condition, Op op, Literal literal) {
        Object value = Values.checked(field.type(), cased(condition, literal));
        Op fitting = op;
        if (value instanceof BigDecimal number && dialect.boundsDecimals()) {
            DecimalFit fit = DecimalFit.of(op, number);
            if (fit.value() == null) {
                out.sql("FALSE");
                return;
            }
            fitting = fit.op();
            value = fit.value();
        }
        left(out, field, condition);
        out.operator(fitting).bind(field.type(), value);
    }

    /** A range of strings: an index serves it, also under row-level security, and no wildcard needs an escape. */
    private void startsWith(Field field, Condition condition) {
        String prefix = text(condition);
        String end = Texts.afterPrefix(prefix);
        out.sql("(");
        left(out, field, condition);
        out.sql(" >= ").bind(FieldType.STRING, prefix);
        if (end != null) {
            out.sql(" AND ");
            left(out, field, condition);
            out.sql(" < ").bind(FieldType.STRING, end);
        }
        out.sql(")");
    }

    /** Whether no text comes after all those with this prefix. */
    static boolean isOpen(Condition condition) {
        return condition.operand() instanceof Operand.One(Literal value)
                && cased(condition, value) instanceof Literal.Text(String prefix)
                && Texts.isLast(prefix);
    }

    private static void left(SqlText out, Field field, Condition condition) {
        if (condition.ignoreCase()) {
            out.dialect().lowered(out, field);
        } else {
            out.dialect().compared(out, field);
        }
    }

    private List<Object> values(Field field, Condition condition) {
        if (!(condition.operand() instanceof Operand.Many(List<Literal> literals))) {
            throw misshapen(condition.op());
        }
        List<Object> values = new ArrayList<>(literals.size());
        for (Literal literal : literals) {
            Object value = Values.checked(field.type(), cased(condition, literal));
            boolean possible =
                    !(value instanceof BigDecimal number) || !dialect.boundsDecimals() || DecimalFit.fits(number);
            if (possible) {
                values.add(value);
            }
        }
        return values;
    }

    private static Literal one(Condition condition) {
        if (!(condition.operand() instanceof Operand.One(Literal value))) {
            throw misshapen(condition.op());
        }
        return value;
    }

    private static String text(Condition condition) {
        if (!(cased(condition, one(condition)) instanceof Literal.Text(String text))) {
            throw misshapen(condition.op());
        }
        return text;
    }

    private static Literal cased(Condition condition, Literal literal) {
        return condition.ignoreCase() && literal instanceof Literal.Text(String text)
                ? new Literal.Text(Texts.lower(text))
                : literal;
    }

    private static IllegalArgumentException misshapen(Op op) {
        return new IllegalArgumentException("an operand that does not fit " + op);
    }
}
