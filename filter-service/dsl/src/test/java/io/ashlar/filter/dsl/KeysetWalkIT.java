package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackExtension;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A walk page by page visits each row exactly once and in order, whatever the order. */
final class KeysetWalkIT {

    @RegisterExtension
    static final StackExtension STACK = StackExtension.of(Server.CONTROL);

    private static final UUID TENANT = new UUID(8, 8);
    private static final int LIMIT = 7;

    private final SqlCompiler compiler = new SqlCompiler();

    @Test
    void everyShapeOfOrder() throws SQLException {
        List<Map<String, @Nullable Object>> rows = new RandomThings(42).rows(70);
        try (ThingsTable table = ThingsTable.create(STACK)) {
            table.insert(TENANT, rows);
            table.insert(new UUID(8, 9), rows);
            int walks = 0;
            for (List<SortKey> sort : orders()) {
                List<List<@Nullable Literal>> expected = rows.stream()
                        .filter(row -> row.get("id") instanceof String id && id.startsWith("thing:"))
                        .sorted(new Interpreter().order(sort, Datasets.THINGS))
                        .map(row -> List.<@Nullable Literal>of(Values.literal(String.valueOf(row.get("id")))))
                        .toList();
                assertThat(walk(table, sort, spec -> List.of(compiler.page(spec))))
                        .as("%s", sort)
                        .isEqualTo(expected);
                assertThat(walk(table, sort, compiler::pageInParts))
                        .as("%s in parts", sort)
                        .isEqualTo(expected);
                walks++;
            }
            assertThat(walks).isGreaterThan(200);
        }
    }

    @Test
    void aPositionBoundsTheIndexScan() throws SQLException {
        try (ThingsTable table = ThingsTable.create(STACK);
                var settings = table.connection().createStatement()) {
            settings.execute("CREATE INDEX ON dsl_it.things (tenant_id, rank, id)");
            settings.execute("CREATE INDEX ON dsl_it.things (tenant_id, c_int64 NULLS FIRST, id)");
            // The table is too small for the planner to prefer an index by itself.
            settings.execute("SET enable_seqscan = off");
            settings.execute("SET enable_sort = off");
            settings.execute("SET enable_bitmapscan = off");
            for (Direction dir : Direction.values()) {
                assertThat(condition(table, new SortKey("rank", dir))).contains("ROW(rank, id)");
            }
            assertThat(condition(table, new SortKey("c_int64", Direction.ASC, Nulls.FIRST)))
                    .contains("ROW(c_int64, id)");
        }
    }

    @Test
    void aPositionWithNullsBehindItIsARangeForEachArm() throws SQLException {
        try (ThingsTable table = ThingsTable.create(STACK);
                var settings = table.connection().createStatement()) {
            settings.execute("CREATE INDEX ON dsl_it.things (tenant_id, c_int64, id)");
            settings.execute("CREATE INDEX ON dsl_it.things (tenant_id, c_int64 NULLS FIRST, id)");
            // The table is too small for the planner to prefer an index by itself.
            settings.execute("SET enable_seqscan = off");
            settings.execute("SET enable_sort = off");
            settings.execute("SET enable_bitmapscan = off");
            List<@Nullable Literal> value = List.of(Literal.of(1), Literal.of("thing:a"));
            List<@Nullable Literal> none = Arrays.asList(null, Literal.of("thing:a"));
            for (Direction dir : Direction.values()) {
                List<String> last = ranges(table, new SortKey("c_int64", dir, Nulls.LAST), value);
                assertThat(last).hasSize(2);
                assertThat(last.getFirst()).contains("ROW(c_int64, id)");
                assertThat(last.getLast()).contains("(c_int64 IS NULL)");
                List<String> first = ranges(table, new SortKey("c_int64", dir, Nulls.FIRST), none);
                assertThat(first).hasSize(2);
                assertThat(first.getFirst()).contains("(c_int64 IS NULL)", "'thing:a'");
                assertThat(first.getLast()).contains("(c_int64 IS NOT NULL)");
            }
        }
    }

    /** The conditions by which the arms' indexes are read; nothing is sorted, the arms are merged. */
    private List<String> ranges(ThingsTable table, SortKey key, List<@Nullable Literal> position) throws SQLException {
        List<String> plan = table.explain(compiler.page(new PageSpec(
                new RowScope(Datasets.THINGS, TENANT, Filter.all()),
                withKey(List.of(key), key.dir()),
                List.of("id"),
                LIMIT,
                position)));
        assertThat(plan).anyMatch(line -> line.endsWith("Merge Append")).noneMatch(line -> line.endsWith("Sort"));
        return plan.stream().filter(line -> line.startsWith("Index Cond:")).toList();
    }

    private String condition(ThingsTable table, SortKey key) throws SQLException {
        List<String> plan = table.explain(compiler.page(new PageSpec(
                new RowScope(Datasets.THINGS, TENANT, Filter.all()),
                withKey(List.of(key), key.dir()),
                List.of("id"),
                LIMIT,
                List.of(Literal.of(1), Literal.of("thing:a")))));
        assertThat(plan).noneMatch(line -> line.contains("Sort"));
        return plan.stream()
                .filter(line -> line.startsWith("Index Cond:"))
                .findFirst()
                .orElse("none in " + plan);
    }

    private static List<List<@Nullable Literal>> walk(
            ThingsTable table, List<SortKey> sort, Function<PageSpec, List<Statement>> compile) throws SQLException {
        RowScope scope = new RowScope(Datasets.THINGS, TENANT, Filter.all());
        return Walk.all(LIMIT, position -> {
            PageSpec page = new PageSpec(scope, sort, List.of("id"), LIMIT, position);
            return Walk.page(compile.apply(page), LIMIT, table::run);
        });
    }

    private static List<List<SortKey>> orders() {
        List<String> fields = List.of("rank", "c_string", "c_int64", "j_double", "c_timestamp", "j_bool", "c_uuid");
        List<List<SortKey>> orders = new ArrayList<>();
        for (String field : fields) {
            for (SortKey key : shapes(field)) {
                orders.add(withKey(List.of(key), Direction.ASC));
                orders.add(withKey(List.of(key), Direction.DESC));
            }
        }
        for (String first : fields.subList(0, 4)) {
            for (String second : fields.subList(0, 4)) {
                if (!first.equals(second)) {
                    shapes(first)
                            .forEach(a -> shapes(second).forEach(b -> orders.add(withKey(List.of(a, b), b.dir()))));
                }
            }
        }
        for (SortKey a : shapes("c_int64")) {
            for (SortKey b : shapes("rank")) {
                shapes("j_bool").forEach(c -> orders.add(withKey(List.of(a, b, c), c.dir())));
            }
        }
        // More keys that may be absent than are split off.
        for (SortKey a : shapes("c_bool")) {
            for (SortKey b : shapes("c_int64")) {
                shapes("c_string").forEach(c -> orders.add(withKey(List.of(a, b, c), c.dir())));
            }
        }
        orders.add(withKey(List.of(), Direction.ASC));
        orders.add(withKey(List.of(), Direction.DESC));
        return orders;
    }

    static List<SortKey> shapes(String field) {
        List<SortKey> shapes = new ArrayList<>();
        for (Direction dir : Direction.values()) {
            for (Nulls nulls : Nulls.values()) {
                shapes.add(new SortKey(field, dir, nulls));
            }
        }
        return shapes;
    }

    static List<SortKey> withKey(List<SortKey> keys, Direction dir) {
        List<SortKey> order = new ArrayList<>(keys);
        order.add(new SortKey("id", dir));
        return order;
    }
}
