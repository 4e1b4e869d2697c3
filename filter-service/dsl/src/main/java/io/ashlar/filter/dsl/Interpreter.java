package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Filter.Segment;
import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs checked filters and orders over rows in memory, with the semantics of the SQL that {@link SqlCompiler} makes: it
 * is the second opinion in tests. A row maps field names to String, Boolean, Long, BigDecimal, Double, Instant,
 * LocalDate or UUID; a missing key and null are the same. Thread-safe.
 */
public final class Interpreter {

    public Interpreter() {}

    /** Constants are read once, here. */
    public Predicate<Map<String, ? extends @Nullable Object>> predicate(Filter filter, Dataset dataset) {
        return switch (filter) {
            case Filter.All all -> row -> true;
            case Condition condition -> condition(condition, SqlCompiler.field(dataset, condition.field()));
            case And(List<Filter> nodes) -> {
                var inner = nodes.stream().map(node -> predicate(node, dataset)).toList();
                yield row -> inner.stream().allMatch(node -> node.test(row));
            }
            case Or(List<Filter> nodes) -> {
                var inner = nodes.stream().map(node -> predicate(node, dataset)).toList();
                yield row -> inner.stream().anyMatch(node -> node.test(row));
            }
            case Not(Filter node) -> predicate(node, dataset).negate();
            case Segment segment -> throw new IllegalArgumentException("a segment that nobody resolved");
        };
    }

    public Comparator<Map<String, ? extends @Nullable Object>> order(List<SortKey> sort, Dataset dataset) {
        return (a, b) -> {
            for (SortKey key : sort) {
                int order = compare(key, a.get(key.field()), b.get(key.field()));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static int compare(SortKey key, @Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            int absent = Boolean.compare(a == null, b == null);
            return key.nulls() == Nulls.LAST ? absent : -absent;
        }
        int order = Values.compare(a, b);
        return key.dir() == Direction.ASC ? order : -order;
    }

    private static Predicate<Map<String, ? extends @Nullable Object>> condition(Condition condition, Field field) {
        boolean ci = condition.ignoreCase();
        Predicate<@Nullable Object> value =
                switch (condition.op()) {
                    case EQ -> present(ci, one(condition, field), (a, b) -> Values.compare(a, b) == 0);
                    case NEQ ->
                        present(ci, one(condition, field), (a, b) -> Values.compare(a, b) == 0)
                                .negate();
                    case GT -> present(ci, one(condition, field), (a, b) -> Values.compare(a, b) > 0);
                    case GTE -> present(ci, one(condition, field), (a, b) -> Values.compare(a, b) >= 0);
                    case LT -> present(ci, one(condition, field), (a, b) -> Values.compare(a, b) < 0);
                    case LTE -> present(ci, one(condition, field), (a, b) -> Values.compare(a, b) <= 0);
                    case CONTAINS ->
                        present(ci, one(condition, field), (a, b) -> a.toString()
                                .contains(b.toString()));
                    case BETWEEN -> between(condition, field);
                    case IN -> in(condition, field);
                    case IS_NULL -> {
                        boolean wanted = condition.operand().equals(new Operand.One(new Literal.Flag(true)));
                        yield found -> (found == null) == wanted;
                    }
                };
        return row -> value.test(row.get(field.name()));
    }

    private static Predicate<@Nullable Object> between(Condition condition, Field field) {
        if (!(condition.operand() instanceof Operand.Range(Literal low, Literal high))) {
            throw new IllegalArgumentException("between without a range");
        }
        boolean ci = condition.ignoreCase();
        return present(ci, typed(ci, field, low), (a, b) -> Values.compare(a, b) >= 0)
                .and(present(ci, typed(ci, field, high), (a, b) -> Values.compare(a, b) < 0));
    }

    private static Predicate<@Nullable Object> in(Condition condition, Field field) {
        if (!(condition.operand() instanceof Operand.Many(List<Literal> values))) {
            throw new IllegalArgumentException("in without a list");
        }
        boolean ci = condition.ignoreCase();
        List<Object> typed =
                values.stream().map(value -> typed(ci, field, value)).toList();
        return found -> {
            Object value = found == null ? null : cased(ci, found);
            return value != null && typed.stream().anyMatch(other -> Values.compare(value, other) == 0);
        };
    }

    /** How a present value and a constant compare. */
    @FunctionalInterface
    private interface Comparison {
        boolean holds(Object value, Object constant);
    }

    private static Predicate<@Nullable Object> present(boolean ci, Object constant, Comparison comparison) {
        return found -> found != null && comparison.holds(cased(ci, found), constant);
    }

    private static Object one(Condition condition, Field field) {
        if (!(condition.operand() instanceof Operand.One(Literal value))) {
            throw new IllegalArgumentException("an operand that does not fit " + condition.op());
        }
        return typed(condition.ignoreCase(), field, value);
    }

    private static Object typed(boolean ci, Field field, Literal literal) {
        return cased(ci, Values.checked(field.type(), literal));
    }

    private static Object cased(boolean ci, Object value) {
        return ci && value instanceof String text ? Texts.lower(text) : value;
    }
}
