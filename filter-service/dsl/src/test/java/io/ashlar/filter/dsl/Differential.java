package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cases of (schema, rows, query) from consecutive seeds, each through every store and the interpreter, row for row. A
 * failure names its seed; {@code -Dashlar.differential.seed} starts there.
 */
final class Differential {

    private static final int ROWS = 50;
    private static final int QUERIES = 100;
    private static final List<Instant> NOWS = List.of(
            Instant.parse("2025-11-02T06:15:00Z"),
            Instant.parse("2026-03-08T12:00:00Z"),
            Instant.parse("2011-12-31T00:00:00Z"),
            Instant.parse("2018-11-05T02:30:00.000001Z"));

    private final List<? extends TrialStore> stores;
    private final Pool pool;
    private int cases;
    private int nonEmpty;
    private int groups;

    Differential(List<? extends TrialStore> stores, Pool pool) {
        this.stores = stores;
        this.pool = pool;
    }

    /** Runs at least this many cases; returns what was seen, for the test's report. */
    String run(int wanted) throws Exception {
        long seed = Long.getLong("ashlar.differential.seed", 1);
        long first = seed;
        while (cases < wanted) {
            schema(seed++);
            if (cases % 1_000 == 0) {
                System.out.printf("%d of %d cases agree, up to seed %d%n", cases, wanted, seed - 1);
            }
        }
        // Agreement on nothing would prove nothing.
        assertThat(nonEmpty).isGreaterThan(cases / 3);
        assertThat(groups).isGreaterThan(cases / 10);
        return "%d cases over %d schemas (seeds %d to %d), %d with rows, %d of groups, on %s"
                .formatted(
                        cases,
                        seed - first,
                        first,
                        seed - 1,
                        nonEmpty,
                        groups,
                        stores.stream().map(TrialStore::kind).toList());
    }

    private void schema(long seed) throws Exception {
        RandomSchema schema = RandomSchema.of(seed, pool);
        List<Map<String, @Nullable Object>> rows = schema.rows(seed, seed % 17 == 0 ? 0 : ROWS);
        UUID tenant = new UUID(7, seed);
        for (TrialStore store : stores) {
            store.fill(schema.dataset(), Map.of(tenant, rows, new UUID(8, seed), schema.rows(-seed, 5)));
        }
        List<Map<String, @Nullable Object>> inside =
                rows.stream().filter(schema::isInside).toList();
        for (int i = 0; i < QUERIES; i++) {
            long querySeed = seed * QUERIES + i;
            RandomQuery random = new RandomQuery(schema, querySeed);
            if (i % 3 == 2) {
                groups(schema, tenant, inside, random.groups(), querySeed);
            } else {
                rows(schema, tenant, inside, random.rows(), querySeed);
            }
            cases++;
        }
        for (TrialStore store : stores) {
            store.drop(schema.dataset());
        }
    }

    static Checker checker(Random random) {
        return new Checker(InstantSource.fixed(Pool.pick(random, NOWS)), Segments.NONE);
    }

    static Query read(JsonNode json) {
        return new QueryReader()
                .read(json.toString().getBytes(StandardCharsets.UTF_8))
                .orElseThrow(faults -> new IllegalStateException(json + ": " + faults));
    }

    private void rows(
            RandomSchema schema, UUID tenant, List<Map<String, @Nullable Object>> rows, ObjectNode json, long seed)
            throws Exception {
        Random random = new Random(seed);
        Dataset dataset = schema.dataset();
        CheckedQuery query = checker(random)
                .check(read(json), dataset, Datasets.visible(dataset))
                .orElseThrow(faults -> new IllegalStateException(json + ": " + faults));
        Interpreter interpreter = new Interpreter();
        Predicate<Map<String, ? extends @Nullable Object>> wanted = interpreter.predicate(query.filter(), dataset);
        List<List<@Nullable Literal>> expected = rows.stream()
                .filter(wanted)
                .sorted(interpreter.order(query.sort(), dataset))
                .map(row -> literals(row, query.fields()))
                .toList();
        nonEmpty += expected.isEmpty() ? 0 : 1;
        RowScope scope = new RowScope(dataset, tenant, query.filter());
        int limit = 1 + random.nextInt(12);
        for (TrialStore store : stores) {
            SqlCompiler compiler = new SqlCompiler(store.kind());
            Statement stream = compiler.stream(new StreamSpec(scope, query.sort(), query.fields()));
            same(store, seed, json, stream, run(store, seed, json, stream), expected);
            if (seed % 4 == 0) {
                Statement count = compiler.count(scope);
                same(
                        store,
                        seed,
                        json,
                        count,
                        run(store, seed, json, count),
                        List.of(List.of(Literal.of(expected.size()))));
            } else if (seed % 4 == 1) {
                List<List<@Nullable Literal>> walked = Walk.all(limit, position -> {
                    PageSpec page = new PageSpec(scope, query.sort(), query.fields(), limit, position);
                    List<Statement> parts = seed % 8 == 1 ? compiler.pageInParts(page) : List.of(compiler.page(page));
                    return Walk.page(parts, limit, part -> run(store, seed, json, part));
                });
                same(store, seed, json, stream, walked, expected);
            }
        }
    }

    private void groups(
            RandomSchema schema, UUID tenant, List<Map<String, @Nullable Object>> rows, ObjectNode json, long seed)
            throws Exception {
        Random random = new Random(seed);
        Dataset dataset = schema.dataset();
        CheckedAggregate aggregate = checker(random)
                .checkAggregate(read(json), dataset, Datasets.visible(dataset))
                .orElseThrow(faults -> new IllegalStateException(json + ": " + faults));
        List<String> names = aggregate.outputs().stream().map(Field::name).toList();
        List<List<@Nullable Literal>> expected = new Interpreter()
                .aggregate(aggregate, dataset, rows).stream()
                        .map(row -> literals(row, names))
                        .toList();
        groups += expected.isEmpty() ? 0 : 1;
        nonEmpty += expected.isEmpty() ? 0 : 1;
        RowScope scope = new RowScope(dataset, tenant, aggregate.filter());
        for (TrialStore store : stores) {
            SqlCompiler compiler = new SqlCompiler(store.kind());
            Statement first = compiler.aggregate(new AggregateSpec(scope, aggregate, null));
            List<List<@Nullable Literal>> walked = Walk.all(aggregate.limit(), position -> {
                Statement page = compiler.aggregate(new AggregateSpec(scope, aggregate, position));
                return new Walk.Page(page, run(store, seed, json, page));
            });
            same(store, seed, json, first, walked, expected);
        }
    }

    private static List<List<@Nullable Literal>> run(TrialStore store, long seed, JsonNode json, Statement statement) {
        try {
            return store.run(statement);
        } catch (Exception e) {
            throw new AssertionError(
                    "%s, seed %d: %s%n%s%n%s".formatted(store.kind(), seed, json, statement.sql(), e.getMessage()), e);
        }
    }

    private static void same(
            TrialStore store,
            long seed,
            JsonNode json,
            Statement statement,
            List<List<@Nullable Literal>> found,
            List<List<@Nullable Literal>> expected) {
        int same = 0;
        while (same < Math.min(found.size(), expected.size()) && found.get(same).equals(expected.get(same))) {
            same++;
        }
        assertThat(found.size() == expected.size() && same == found.size())
                .as(
                        "%s, seed %d: %s%n%s%n%s%n%d rows found, %d expected; from row %d on found%n%s%nexpected%n%s%n",
                        store.kind(),
                        seed,
                        json,
                        statement.sql(),
                        statement.binds(),
                        found.size(),
                        expected.size(),
                        same,
                        found.subList(same, Math.min(found.size(), same + 3)),
                        expected.subList(same, Math.min(expected.size(), same + 3)))
                .isTrue();
    }

    private static List<@Nullable Literal> literals(Map<String, ? extends @Nullable Object> row, List<String> fields) {
        List<@Nullable Literal> literals = new ArrayList<>();
        for (String field : fields) {
            Object value = row.get(field);
            literals.add(value == null ? null : Values.literal(value));
        }
        return literals;
    }
}
