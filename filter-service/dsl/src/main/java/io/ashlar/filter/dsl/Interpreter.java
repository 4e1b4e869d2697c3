package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Filter.Segment;
import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs checked filters, orders and aggregates over rows in memory, with the semantics of the SQL that
 * {@link SqlCompiler} makes: for programs without a store, and as the second opinion in tests. A row maps field names to
 * String, Boolean, Long, BigDecimal, Double, Instant, LocalDate, UUID or a list of strings; a missing key and null are the
 * same. Thread-safe.
 */
public final class Interpreter {

    public Interpreter() {}

    /** Constants are read once, here. */
    public Predicate<Map<String, ? extends @Nullable Object>> predicate(Filter filter, Dataset dataset) {
        return of(filter, dataset);
    }

    static Predicate<Map<String, ? extends @Nullable Object>> of(Filter filter, Scope scope) {
        return switch (filter) {
            case Filter.All all -> row -> true;
            case Condition condition -> {
                String name = condition.field();
                Predicate<@Nullable Object> value = new ValueTest(scope.require(name), condition).predicate();
                yield row -> value.test(row.get(name));
            }
            case And(List<Filter> nodes) -> every(nodes, scope);
            case Or(List<Filter> nodes) -> {
                // No node holds iff the complement of every node does.
                yield every(nodes.stream().<Filter>map(Not::new).toList(), scope)
                        .negate();
            }
            case Not(Filter node) -> of(node, scope).negate();
            case Segment segment -> throw new IllegalArgumentException("a segment that nobody resolved");
        };
    }

    private static Predicate<Map<String, ? extends @Nullable Object>> every(List<Filter> nodes, Scope scope) {
        List<Predicate<Map<String, ? extends @Nullable Object>>> tests =
                nodes.stream().map(node -> of(node, scope)).toList();
        return row -> {
            for (int i = 0; i < tests.size(); i++) {
                if (!tests.get(i).test(row)) {
                    return false;
                }
            }
            return true;
        };
    }

    public Comparator<Map<String, ? extends @Nullable Object>> order(List<SortKey> sort, Dataset dataset) {
        return order(sort);
    }

    static Comparator<Map<String, ? extends @Nullable Object>> order(List<SortKey> sort) {
        return (a, b) -> {
            for (SortKey key : sort) {
                int order = compare(key, value(key, a), value(key, b));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    /** Groups in their order, as rows of the aggregate's outputs; all of them, whatever the limit. */
    public List<Map<String, @Nullable Object>> aggregate(
            CheckedAggregate aggregate,
            Dataset dataset,
            Collection<? extends Map<String, ? extends @Nullable Object>> rows) {
        var wanted = of(aggregate.filter(), dataset);
        var having = of(aggregate.having(), aggregate.scope());
        return new GroupRun(aggregate, dataset)
                .of(rows.stream().filter(wanted).toList()).stream()
                        .filter(having)
                        .sorted(order(aggregate.sort()))
                        .toList();
    }

    private static @Nullable Object value(SortKey key, Map<String, ? extends @Nullable Object> row) {
        Object value = row.get(key.field());
        String rank = key.rank();
        if (rank == null) {
            return value;
        }
        Set<String> wanted = Set.copyOf(Words.distinct(rank));
        return value instanceof String text
                ? Words.of(text).stream().filter(wanted::contains).count()
                : 0L;
    }

    private static int compare(SortKey key, @Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            int absent = Boolean.compare(a == null, b == null);
            return key.nulls() == Nulls.LAST ? absent : -absent;
        }
        int order = Values.compare(a, b);
        return key.dir() == Direction.ASC ? order : -order;
    }
}
