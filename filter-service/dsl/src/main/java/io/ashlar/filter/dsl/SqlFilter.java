package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Filter.Segment;
import java.util.List;
import org.jooq.Condition;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Filters as SQL conditions. Complements are pushed down to the comparisons: above them there is only AND and OR, for
 * which SQL's unknown is as good as false, and a complemented comparison is written so that it is never unknown. So
 * comparisons that are not complemented keep their indexes.
 */
final class SqlFilter {

    private final Dataset dataset;
    private final SqlParts parts;

    SqlFilter(Dataset dataset, SqlParts parts) {
        this.dataset = dataset;
        this.parts = parts;
    }

    Condition of(Filter filter) {
        return of(filter, true);
    }

    private Condition of(Filter filter, boolean wanted) {
        return switch (filter) {
            case Filter.All all -> wanted ? DSL.trueCondition() : DSL.falseCondition();
            case Filter.Condition condition -> leaf(condition, wanted);
            case And(List<Filter> nodes) -> wanted ? and(nodes, true) : or(nodes, false);
            case Or(List<Filter> nodes) -> wanted ? or(nodes, true) : and(nodes, false);
            case Not(Filter inner) -> of(inner, !wanted);
            case Segment segment -> throw new IllegalArgumentException("a segment that nobody resolved");
        };
    }

    private Condition and(List<Filter> nodes, boolean wanted) {
        return nodes.isEmpty()
                ? DSL.trueCondition()
                : DSL.and(nodes.stream().map(node -> of(node, wanted)).toList());
    }

    private Condition or(List<Filter> nodes, boolean wanted) {
        return nodes.isEmpty()
                ? DSL.falseCondition()
                : DSL.or(nodes.stream().map(node -> of(node, wanted)).toList());
    }

    private Condition leaf(Filter.Condition condition, boolean wanted) {
        Field field = SqlCompiler.field(dataset, condition.field());
        return switch (condition.op()) {
            case NEQ -> wanted ? distinct(field, condition) : holds(field, condition, Op.EQ);
            case IS_NULL -> {
                boolean absent = condition.operand().equals(new Operand.One(new Literal.Flag(wanted)));
                yield SqlParts.suffixed(SqlParts.value(field), absent ? "IS NULL" : "IS NOT NULL");
            }
            case EQ, GT, GTE, LT, LTE, BETWEEN, IN, CONTAINS -> {
                Condition holds = holds(field, condition, condition.op());
                yield wanted ? holds : SqlParts.isNotTrue(holds);
            }
        };
    }

    private Condition distinct(Field field, Filter.Condition condition) {
        return SqlParts.compare(left(field, condition), "IS DISTINCT FROM", one(field, condition));
    }

    private Condition holds(Field field, Filter.Condition condition, Op op) {
        org.jooq.Field<Object> left = left(field, condition);
        return switch (op) {
            case EQ -> SqlParts.compare(left, "=", one(field, condition));
            case GT -> SqlParts.compare(left, ">", one(field, condition));
            case GTE -> SqlParts.compare(left, ">=", one(field, condition));
            case LT -> SqlParts.compare(left, "<", one(field, condition));
            case LTE -> SqlParts.compare(left, "<=", one(field, condition));
            case CONTAINS -> SqlParts.compare(left, "LIKE", pattern(condition));
            case BETWEEN -> {
                if (!(condition.operand() instanceof Operand.Range(Literal low, Literal high))) {
                    throw misshapen(condition);
                }
                yield DSL.and(
                        SqlParts.compare(left, ">=", parts.bind(field.type(), cased(condition, low))),
                        SqlParts.compare(left, "<", parts.bind(field.type(), cased(condition, high))));
            }
            case IN -> {
                if (!(condition.operand() instanceof Operand.Many(List<Literal> values))) {
                    throw misshapen(condition);
                }
                List<Object> typed = values.stream()
                        .map(value -> Values.checked(field.type(), cased(condition, value)))
                        .toList();
                org.jooq.Field<Object> array = parts.bindAll(field.type(), typed);
                yield SqlParts.compare(left, "= ANY", CustomField.of("array", SQLDataType.OTHER, ctx -> ctx.sql("(")
                        .visit(array)
                        .sql(")")));
            }
            case NEQ, IS_NULL -> throw misshapen(condition);
        };
    }

    private static org.jooq.Field<Object> left(Field field, Filter.Condition condition) {
        return condition.ignoreCase() ? SqlParts.lowered(field) : SqlParts.compared(field);
    }

    private org.jooq.Field<Object> one(Field field, Filter.Condition condition) {
        if (!(condition.operand() instanceof Operand.One(Literal value))) {
            throw misshapen(condition);
        }
        return parts.bind(field.type(), cased(condition, value));
    }

    /** LIKE rather than strpos: a trigram index serves it. The default escape of PostgreSQL is the backslash. */
    private org.jooq.Field<Object> pattern(Filter.Condition condition) {
        if (!(condition.operand() instanceof Operand.One(Literal value))
                || !(cased(condition, value) instanceof Literal.Text(String text))) {
            throw misshapen(condition);
        }
        StringBuilder pattern = new StringBuilder(text.length() + 2).append('%');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '_' || c == '\\') {
                pattern.append('\\');
            }
            pattern.append(c);
        }
        return parts.bind("text", pattern.append('%').toString());
    }

    private static Literal cased(Filter.Condition condition, Literal literal) {
        return condition.ignoreCase() && literal instanceof Literal.Text(String text)
                ? new Literal.Text(Texts.lower(text))
                : literal;
    }

    private static IllegalArgumentException misshapen(Filter.Condition condition) {
        return new IllegalArgumentException("an operand that does not fit " + condition.op());
    }
}
