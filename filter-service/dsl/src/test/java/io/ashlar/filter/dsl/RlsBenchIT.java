package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackExtension;
import io.ashlar.local.bench.Reading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A reading, not an assertion on time: what row-level security costs each class of operators, with the index that it
 * wants. Both roles run the same statements by turns; what is compared is the median of one statement's time at the client.
 */
@EnabledIfSystemProperty(named = "ashlar.bench", matches = "true")
final class RlsBenchIT {

    @RegisterExtension
    static final StackExtension STACK = StackExtension.of(Server.CONTROL);

    private static final Instant START = Instant.parse("2001-01-01T00:00:00Z");
    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = 80_000_000;
    private static final int WARM_UP = 12;

    /**
     * A class of operators.
     *
     * @param helps what a class that lost its index would be replaced by; empty for what is as it comes
     */
    private record Case(String operator, String helps, Filter filter) {}

    private static List<Case> cases() {
        Instant minute = Instant.parse("2001-01-14T21:20:00Z");
        return List.of(
                new Case("eq string", "", Filter.where("status").eq("State 7")),
                new Case("in strings", "", Filter.where("status").in("State 7", "State 8")),
                new Case("range of strings", "", Filter.where("status").between("State 7", "State 70")),
                new Case("starts_with", "", Filter.where("status").startsWith("State 77")),
                new Case("eq int64", "", Filter.where("visits").eq(77)),
                new Case("range int64, money", "", Filter.where("price").between(700, 740)),
                new Case("range double", "", Filter.where("weight").between(700.0, 740.0)),
                new Case("range timestamp", "", Filter.where("at").between(minute, minute.plusSeconds(2_400))),
                new Case("eq date", "", Filter.where("day").eq(LocalDate.of(2001, 3, 1))),
                new Case(
                        "eq uuid", "", Filter.where("ref").eq(UUID.fromString("c4ca4238-a0b9-2382-0dcc-509a6f75849b"))),
                new Case("is_null", "", Filter.where("paid_at").isNull()),
                new Case("range decimal", "", Filter.where("total").between(7, 8)),
                new Case(
                        "eq string, ci",
                        "",
                        Filter.where("status").eq("STATE 7").ci()),
                new Case(
                        "eq string, ci",
                        "a stored column in lower case",
                        Filter.where("status_kept").eq("state 7")),
                new Case("eq JSON member", "", Filter.where("origin").eq("A7")),
                new Case(
                        "eq JSON member",
                        "a stored column of it",
                        Filter.where("origin_kept").eq("A7")),
                new Case("range JSON member", "", Filter.where("delay").between(700, 740)),
                new Case(
                        "range JSON member",
                        "a stored column of it",
                        Filter.where("delay_kept").between(700, 740)),
                new Case("contains", "", Filter.where("name").contains("c4ca42")),
                new Case(
                        "contains",
                        "a range of times as well",
                        day(START, Filter.where("name").contains("c4ca42"))),
                new Case("search", "", Filter.where("note").search("event 77")),
                new Case(
                        "search",
                        "a range of times as well",
                        day(minute, Filter.where("note").search("event 77"))),
                new Case("has", "", Filter.where("tags").has("tag7")),
                new Case(
                        "has",
                        "a range of times as well",
                        day(minute, Filter.where("tags").has("tag7"))),
                new Case("eq attribute (EAV)", "", Filter.where("speed").eq(77)));
    }

    private static Filter day(Instant from, Filter filter) {
        return Filter.where("at").between(from, from.plusSeconds(86_400)).and(filter);
    }

    @Test
    void read() throws Exception {
        RlsTable.create(STACK);
        Reading reading = Reading.of("filter-rls");
        reading.node().put("rows_per_tenant", RlsTable.ROWS_PER_TENANT).put("tenants", RlsTable.TENANTS);
        reading.node().put("statement", "count of the matching rows, prepared; medians at the client, roles by turns");
        List<Found> found = new ArrayList<>();
        try (Connection off = as("rls_bench_off");
                Connection on = as("rls_bench_on")) {
            for (Case one : cases()) {
                found.add(compare(one, off, on));
            }
        }
        ArrayNode classes = reading.node().putArray("classes");
        found.forEach(one -> one.write(classes.addObject()));
        put(reading.node().putObject("all_as_they_come"), found, one -> one.of()
                .helps()
                .isEmpty());
        put(reading.node().putObject("indexed_paths"), found, one -> one.withPolicy()
                .bounded());
        reading.write();
        System.out.println("""
                | operator | off, ms | on, ms | ratio | plan without | index under RLS |
                |---|---|---|---|---|---|""");
        found.forEach(one -> System.out.println(one.line()));
        RlsTable.drop(STACK);
    }

    private static void put(ObjectNode node, List<Found> found, Predicate<Found> which) {
        List<Found> some = found.stream().filter(which).toList();
        double product = some.stream().mapToDouble(one -> Math.log(one.ratio())).sum();
        node.put("classes", some.size());
        node.put("ratio_geometric_mean", Reading.rounded(Math.exp(product / some.size())));
        node.put(
                "ratio_median",
                Reading.rounded(
                        Reading.median(some.stream().mapToDouble(Found::ratio).toArray())));
        node.put(
                "ratio_worst",
                Reading.rounded(some.stream().mapToDouble(Found::ratio).max().orElseThrow()));
    }

    private static Connection as(String role) throws SQLException {
        Connection connection = ThingsTable.connect(STACK);
        try (var statement = connection.createStatement()) {
            statement.execute("SET ROLE " + role);
            statement.execute("SET ashlar.tenant = '" + RlsTable.TENANT + "'");
        }
        return connection;
    }

    /** One side of a comparison. */
    private record Side(double millis, boolean bounded, String plan) {}

    /** What one class costs on both sides. */
    private record Found(Case of, long rows, Side without, Side withPolicy) {

        double ratio() {
            return withPolicy.millis() / without.millis();
        }

        String line() {
            return "| %s | %.3f | %.3f | %.2f | %s | %s |"
                    .formatted(
                            of.operator() + (of.helps().isEmpty() ? "" : ", with " + of.helps()),
                            without.millis(),
                            withPolicy.millis(),
                            ratio(),
                            without.plan(),
                            withPolicy.bounded() ? "kept" : "lost");
        }

        void write(ObjectNode node) {
            node.put("operator", of.operator());
            if (!of.helps().isEmpty()) {
                node.put("with", of.helps());
            }
            node.put("rows", rows).put("ratio", Reading.rounded(ratio()));
            node.put("off_ms", Reading.rounded(without.millis())).put("on_ms", Reading.rounded(withPolicy.millis()));
            node.put("keeps_index", withPolicy.bounded());
            node.put("off_plan", without.plan()).put("on_plan", withPolicy.plan());
        }
    }

    private static Found compare(Case one, Connection off, Connection on) throws SQLException {
        Statement statement = new SqlCompiler().count(new RowScope(RlsTable.EVENTS, RlsTable.TENANT, one.filter()));
        try (PreparedStatement without = ThingsTable.prepare(off, statement.jdbcSql(), statement.binds());
                PreparedStatement withPolicy = ThingsTable.prepare(on, statement.jdbcSql(), statement.binds())) {
            long rows = run(without);
            assertThat(run(withPolicy)).isEqualTo(rows).isPositive();
            for (int i = 0; i < WARM_UP; i++) {
                run(without);
                run(withPolicy);
            }
            List<Double> offMillis = new ArrayList<>();
            List<Double> onMillis = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                time(without, offMillis);
                time(withPolicy, onMillis);
            }
            return new Found(one, rows, side(off, statement, offMillis), side(on, statement, onMillis));
        }
    }

    private static void time(PreparedStatement statement, List<Double> millis) throws SQLException {
        long end = System.nanoTime() + ROUND_NANOS;
        long last = System.nanoTime();
        while (last < end) {
            run(statement);
            long now = System.nanoTime();
            millis.add((now - last) / 1e6);
            last = now;
        }
    }

    private static Side side(Connection connection, Statement statement, List<Double> millis) throws SQLException {
        double median =
                Reading.median(millis.stream().mapToDouble(Double::doubleValue).toArray());
        try (PreparedStatement explain = ThingsTable.prepare(
                        connection, "EXPLAIN (COSTS OFF) " + statement.jdbcSql(), statement.binds());
                ResultSet result = explain.executeQuery()) {
            boolean bounded = false;
            List<String> scans = new ArrayList<>();
            while (result.next()) {
                String line = result.getString(1).strip();
                // By more than the tenant.
                bounded |= line.startsWith("Index Cond:") && (line.contains(" AND ") || !line.contains("tenant_id"));
                if (line.contains("Scan") && !line.contains("Bitmap Heap")) {
                    scans.add(line.replaceAll("^->\\s+| using \\S+| on \\S+( t| v)?$", ""));
                }
            }
            return new Side(median, bounded, String.join(" + ", scans));
        }
    }

    private static long run(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }
}
