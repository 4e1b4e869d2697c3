package io.ashlar.authz.planning;

import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Operand;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a filter says of one row, written apart from every back end: two-valued, absent values satisfy neq and is_null. */
final class FilterTruth {

    private FilterTruth() {}

    static boolean of(Filter filter, Map<String, Object> row) {
        return switch (filter) {
            case Filter.All all -> true;
            case Filter.And(List<Filter> nodes) -> nodes.stream().allMatch(node -> of(node, row));
            case Filter.Or(List<Filter> nodes) -> nodes.stream().anyMatch(node -> of(node, row));
            case Filter.Not(Filter node) -> !of(node, row);
            case Filter.Condition condition -> condition(condition, row.get(condition.field()));
            case Filter.Segment segment -> throw new IllegalArgumentException("no segment in a plan");
        };
    }

    private static boolean condition(Filter.Condition condition, @Nullable Object value) {
        return switch (condition.operand()) {
            case Operand.One(Literal literal) ->
                switch (condition.op()) {
                    case EQ -> value != null && equal(literal, value);
                    case NEQ -> value == null || !equal(literal, value);
                    case IS_NULL -> (value == null) == ((Literal.Flag) literal).value();
                    case GT,
                            GTE,
                            LT,
                            LTE,
                            BETWEEN,
                            IN,
                            NOT_IN,
                            CONTAINS,
                            STARTS_WITH,
                            ENDS_WITH,
                            HAS,
                            HAS_ANY,
                            HAS_ALL,
                            SEARCH,
                            WITHIN -> throw new IllegalArgumentException("no " + condition.op() + " in a plan");
                };
            case Operand.Many(List<Literal> literals) ->
                value != null && literals.stream().anyMatch(literal -> equal(literal, value));
            case Operand.During during -> throw new IllegalArgumentException("no period in a plan");
            case Operand.Range range -> throw new IllegalArgumentException("no range in a plan");
        };
    }

    private static boolean equal(Literal literal, Object value) {
        return switch (literal) {
            case Literal.Text(String text) -> text.equals(value);
            case Literal.Flag(boolean flag) -> Boolean.valueOf(flag).equals(value);
            case Literal.Texts texts -> throw new IllegalArgumentException("no list in a plan");
            case Literal.Number(BigDecimal number) ->
                value instanceof Long whole && number.compareTo(BigDecimal.valueOf(whole)) == 0;
        };
    }
}
