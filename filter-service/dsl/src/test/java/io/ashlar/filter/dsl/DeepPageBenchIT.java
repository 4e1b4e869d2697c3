package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackExtension;
import io.ashlar.local.bench.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/**
 * A reading, not an assertion on time: a page deep in three million flights, by its cursor's position and by OFFSET, against
 * the first page, by turns in the same run; OFFSET, which takes seconds, once. Every tenth flight has no delay.
 */
@EnabledIfSystemProperty(named = "ashlar.bench", matches = "true")
final class DeepPageBenchIT {

    @RegisterExtension
    static final StackExtension STACK = StackExtension.of(Server.CONTROL);

    private static final UUID TENANT = new UUID(4, 1);
    private static final int LIMIT = 100;
    private static final int ROUNDS = 6;
    private static final int FAST_RUNS = 20;

    private static final String TABLE = """
            DROP SCHEMA IF EXISTS deep_bench CASCADE;
            CREATE SCHEMA deep_bench;
            CREATE TABLE deep_bench.flights (
                tenant_id uuid NOT NULL, id text COLLATE "C" NOT NULL, flown_at timestamp NOT NULL, delay bigint,
                distance bigint, origin text, destination text)
            """;

    private static final String INDEXES = """
            SET maintenance_work_mem = '512MB';
            ALTER TABLE deep_bench.flights ADD PRIMARY KEY (tenant_id, id);
            ALTER TABLE deep_bench.flights ALTER flown_at TYPE timestamptz USING flown_at AT TIME ZONE 'UTC';
            CREATE INDEX ON deep_bench.flights (tenant_id, flown_at, id);
            CREATE INDEX ON deep_bench.flights (tenant_id, distance, id);
            CREATE INDEX ON deep_bench.flights (tenant_id, delay, id);
            CREATE INDEX ON deep_bench.flights (tenant_id, delay NULLS FIRST, id);
            """;

    /**
     * An order to walk in.
     *
     * @param declared what the dataset says of the key
     * @param where the page is
     * @param depth the share of the rows before the page
     */
    private record Order(SortKey key, String declared, String where, double depth) {}

    private static final SortKey FIRST = new SortKey("delay", Direction.ASC, Nulls.FIRST);
    private static final SortKey LAST = new SortKey("delay", Direction.ASC, Nulls.LAST);
    private static final List<Order> ORDERS = List.of(
            new Order(new SortKey("id", Direction.ASC), "never absent", "among values", 0.95),
            new Order(new SortKey("date", Direction.DESC), "never absent", "among values", 0.95),
            new Order(new SortKey("distance", Direction.DESC), "never absent", "among values", 0.95),
            new Order(FIRST, "may be absent, nulls first", "among values, nulls before", 0.95),
            new Order(FIRST, "may be absent, nulls first", "among nulls, values behind", 0.05),
            new Order(LAST, "may be absent, nulls last", "among values, nulls behind", 0.85),
            new Order(LAST, "may be absent, nulls last", "among nulls, values before", 0.95),
            new Order(
                    new SortKey("delay", Direction.DESC, Nulls.LAST),
                    "may be absent, nulls last",
                    "among values, nulls behind",
                    0.85));

    private static final Dataset FLIGHTS = new Dataset(
            "flights",
            1,
            "deep_bench.flights",
            "tenant_id",
            List.of("id"),
            "Flight",
            null,
            List.of(
                    new Field("id", FieldType.STRING, new Source.Column("id")).notNull(),
                    new Field("date", FieldType.TIMESTAMP, new Source.Column("flown_at")).notNull(),
                    new Field("delay", FieldType.INT64, new Source.Column("delay")),
                    new Field("distance", FieldType.INT64, new Source.Column("distance")).notNull(),
                    new Field("origin", FieldType.STRING, new Source.Column("origin"))));

    @Test
    void read(@TempDir Path directory) throws Exception {
        Path parquet = SharedData.require("data/flights-3m.parquet");
        try (Connection connection = ThingsTable.connect(STACK);
                var statement = connection.createStatement()) {
            statement.execute(TABLE);
            long rows = load(connection, parquet, directory.resolve("flights.csv"));
            statement.execute(INDEXES);
            statement.execute("VACUUM ANALYZE deep_bench.flights");
            Reading reading = Reading.of("filter-deep-page");
            reading.node().put("rows", rows).put("limit", LIMIT);
            reading.node()
                    .put(
                            "statement",
                            "one page, prepared; medians at the client, first page and cursor by turns, OFFSET once");
            ArrayNode orders = reading.node().putArray("orders");
            for (Order order : ORDERS) {
                compare(connection, order, (long) (rows * order.depth()), orders.addObject());
            }
            reading.write();
            statement.execute("DROP SCHEMA deep_bench CASCADE");
        }
    }

    private static long load(Connection connection, Path parquet, Path file) throws SQLException, IOException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                var export = duckDb.createStatement()) {
            export.execute("""
                    COPY (SELECT '%s', 'flight:' || lpad(file_row_number::VARCHAR, 7, '0'), date,
                        CASE WHEN file_row_number %% 10 > 0 THEN delay END, distance, origin, destination FROM read_parquet('%s', file_row_number = true)) TO '%s' (HEADER false)
                    """.formatted(TENANT, parquet.toAbsolutePath(), file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY deep_bench.flights FROM STDIN (FORMAT csv)", in);
        }
    }

    private static void compare(Connection connection, Order order, long depth, ObjectNode node) throws SQLException {
        // What the router sends: of two parts the second is for the page on which values end and nulls begin.
        Statement first = page(order, null);
        Deep deep = byOffset(connection, first, depth);
        Statement after = page(order, Walk.position(first, deep.last()));
        double[] firstMillis = new double[ROUNDS];
        double[] cursorMillis = new double[ROUNDS];
        try (PreparedStatement firstPage = ThingsTable.prepare(connection, first.jdbcSql(), first.binds());
                PreparedStatement cursorPage = ThingsTable.prepare(connection, after.jdbcSql(), after.binds())) {
            // Once unmeasured each, also past the plans that are made anew for each value.
            typical(firstPage);
            typical(cursorPage);
            for (int round = 0; round < ROUNDS; round++) {
                firstMillis[round] = typical(firstPage);
                cursorMillis[round] = typical(cursorPage);
            }
        }
        double reference = Reading.median(firstMillis);
        node.put("sort", order.key().field() + " " + order.key().dir().wire() + ", id");
        node.put("declared", order.declared()).put("page", order.where()).put("rows_before", depth);
        node.put("first_page_ms", Reading.rounded(reference));
        node.put("cursor_page_ms", Reading.rounded(Reading.median(cursorMillis)));
        node.put("offset_page_ms", Reading.rounded(deep.offsetMillis()));
        node.put("cursor_to_first", Reading.rounded(Reading.median(cursorMillis) / reference));
        node.put("offset_to_first", Reading.rounded(deep.offsetMillis() / reference));
    }

    private static Statement page(Order order, @Nullable List<@Nullable Literal> position) {
        RowScope scope = new RowScope(FLIGHTS, TENANT, Filter.all());
        List<SortKey> sort = order.key().field().equals("id")
                ? List.of(order.key())
                : KeysetWalkIT.withKey(List.of(order.key()), order.key().dir());
        return new SqlCompiler()
                .pageInParts(new PageSpec(scope, sort, List.of("id", "date", "delay", "origin"), LIMIT, position))
                .getFirst();
    }

    /**
     * What it takes to come to a depth by OFFSET.
     *
     * @param last the last row before the page
     */
    private record Deep(List<@Nullable Literal> last, double offsetMillis) {}

    private static Deep byOffset(Connection connection, Statement first, long depth) throws SQLException {
        String sql = first.jdbcSql() + " OFFSET " + (depth - 1);
        long start = System.nanoTime();
        try (PreparedStatement prepared = ThingsTable.prepare(connection, sql, first.binds());
                ResultSet result = prepared.executeQuery()) {
            result.next();
            double millis = (System.nanoTime() - start) / 1e6;
            return new Deep(ThingsTable.row(result, first), millis);
        }
    }

    /** The median of some runs, where one alone is too short to be told. */
    private static double typical(PreparedStatement statement) throws SQLException {
        double[] millis = new double[FAST_RUNS];
        for (int i = 0; i < FAST_RUNS; i++) {
            millis[i] = once(statement);
            if (millis[i] > 50) {
                return millis[i];
            }
        }
        return Reading.median(millis);
    }

    private static double once(PreparedStatement statement) throws SQLException {
        long start = System.nanoTime();
        int rows = 0;
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows++;
            }
        }
        if (rows != LIMIT + 1) {
            throw new IllegalStateException(rows + " rows on a page that is not the last");
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
