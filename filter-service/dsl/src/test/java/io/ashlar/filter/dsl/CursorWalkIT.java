package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks over many rows with ties and nulls while another connection goes on inserting: what was there at the start comes
 * exactly once and in order, what came later at most once. The build walks over a fifth of them;
 * {@code -Dashlar.walk.rows=100000} over all.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class CursorWalkIT {

    @RegisterExtension
    static final StackExtension STACK = StackExtension.of(Server.CONTROL);

    private static final int ROWS = Integer.getInteger("ashlar.walk.rows", 20_000);
    private static final int LIMIT = 500;
    private static final int LATE_ROWS_PER_PAGE = 25;
    private static final UUID TENANT = new UUID(8, 10);
    private static final List<String> FIELDS = List.of("id", "delay", "carrier");
    private static final Dataset WALKED = new Dataset(
            "walked",
            1,
            "dsl_it.walked",
            "tenant_id",
            List.of("id"),
            "Walked",
            null,
            List.of(
                    new Field("id", FieldType.STRING, new Source.Column("id")).notNull(),
                    new Field("delay", FieldType.INT64, new Source.Column("delay")),
                    new Field("carrier", FieldType.STRING, new Source.Column("carrier"))));

    /** A fifth of the rows has no delay, a seventh no carrier; hundreds have the same of both. */
    private static final String TABLE = """
            CREATE TABLE dsl_it.walked (
                tenant_id uuid NOT NULL, id text COLLATE "C" NOT NULL, delay bigint, carrier text COLLATE "C",
                PRIMARY KEY (tenant_id, id));
            CREATE INDEX ON dsl_it.walked (tenant_id, delay, id);
            CREATE INDEX ON dsl_it.walked (tenant_id, delay NULLS FIRST, id)
            """;

    private static final String FILL = """
            INSERT INTO dsl_it.walked
            SELECT tenant, md5(i::text), CASE WHEN i % 5 > 0 THEN i % 41 END, nullif('C' || i % 7, 'C0')
            FROM (VALUES (?::uuid, ?), (?::uuid, 1000)) AS v (tenant, many), generate_series(1, many) AS i
            """;

    private final SqlCompiler compiler = new SqlCompiler();
    private ThingsTable table;
    private Connection other;

    @BeforeAll
    void fill() throws SQLException {
        table = ThingsTable.create(STACK);
        other = ThingsTable.connect(STACK);
        try (var statement = table.connection().createStatement();
                PreparedStatement fill = table.connection().prepareStatement(FILL)) {
            statement.execute(TABLE);
            fill.setObject(1, TENANT);
            fill.setInt(2, ROWS);
            fill.setObject(3, new UUID(8, 11));
            fill.executeUpdate();
            statement.execute("ANALYZE dsl_it.walked");
        }
    }

    @AfterAll
    void close() throws SQLException {
        other.close();
        table.close();
    }

    /** Each shape of the first key, alone and before a second key of the opposite shape. */
    static Stream<List<SortKey>> orders() {
        return KeysetWalkIT.shapes("delay").stream()
                .flatMap(delay -> Stream.of(
                        KeysetWalkIT.withKey(List.of(delay), delay.dir()),
                        KeysetWalkIT.withKey(
                                List.of(delay, opposite(delay)), opposite(delay).dir())));
    }

    private static SortKey opposite(SortKey key) {
        return new SortKey(
                "carrier",
                key.dir() == Direction.ASC ? Direction.DESC : Direction.ASC,
                key.nulls() == Nulls.FIRST ? Nulls.LAST : Nulls.FIRST);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyRowOnceWhileOthersInsert(List<SortKey> sort) throws Exception {
        RowScope scope = new RowScope(WALKED, TENANT, Filter.all());
        Comparator<Map<String, ? extends @Nullable Object>> order = new Interpreter().order(sort, WALKED);
        List<Map<String, @Nullable Object>> atTheStart =
                rows(table.run(compiler.stream(new StreamSpec(scope, List.of(), FIELDS))));
        assertThat(atTheStart).hasSize(ROWS);
        List<Object> expected =
                atTheStart.stream().sorted(order).map(row -> row.get("id")).toList();
        int[] pages = {0};
        long started = System.nanoTime();
        Set<Object> late = new HashSet<>();
        List<Map<String, @Nullable Object>> seen;
        try (Insertions insertions = new Insertions(other, late)) {
            seen = rows(Walk.all(LIMIT, position -> {
                pages[0]++;
                insertions.more();
                PageSpec page = new PageSpec(scope, sort, FIELDS, LIMIT, position);
                return Walk.page(compiler.pageInParts(page), LIMIT, table::run);
            }));
        } finally {
            forget();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        for (int i = 1; i < seen.size(); i++) {
            // A strict order has each row at most once.
            assertThat(order.compare(seen.get(i - 1), seen.get(i)))
                    .as("rows %d and %d: %s, %s", i - 1, i, seen.get(i - 1), seen.get(i))
                    .isNegative();
        }
        List<Object> ids = seen.stream().<Object>map(row -> row.get("id")).toList();
        List<Object> old = ids.stream().filter(id -> !late.contains(id)).toList();
        // Compared at once, because AssertJ would explain a difference of 100,000 elements for minutes.
        assertThat(old.equals(expected))
                .as("%d rows that were there, of %d", old.size(), expected.size())
                .isTrue();
        assertThat(ids).hasSizeGreaterThan(old.size());
        System.out.printf(
                "%s: %d rows on %d pages in %d ms, with %d of the %d rows inserted meanwhile%n",
                sort.stream()
                        .map(key -> key.field() + " " + key.dir() + " nulls " + key.nulls())
                        .toList(),
                ids.size(),
                pages[0],
                took.toMillis(),
                ids.size() - old.size(),
                late.size());
    }

    private void forget() throws SQLException {
        try (var statement = table.connection().createStatement()) {
            statement.execute("DELETE FROM dsl_it.walked WHERE id LIKE '%+%'");
        }
    }

    private static List<Map<String, @Nullable Object>> rows(List<List<@Nullable Literal>> rows) {
        List<Map<String, @Nullable Object>> maps = new ArrayList<>(rows.size());
        for (List<@Nullable Literal> row : rows) {
            Map<String, @Nullable Object> map = new HashMap<>();
            for (int i = 0; i < FIELDS.size(); i++) {
                map.put(
                        FIELDS.get(i),
                        switch (row.get(i)) {
                            case Literal.Text text -> text.value();
                            case Literal.Number number -> number.value().longValueExact();
                            case Literal.Flag other -> throw new IllegalStateException("no such column");
                            case Literal.Texts other -> throw new IllegalStateException("no such column");
                            case null -> null;
                        });
            }
            maps.add(map);
        }
        return maps;
    }

    /** Another connection, which adds rows anywhere in the order while a page is read, and commits each time. */
    private static final class Insertions implements AutoCloseable {

        private static final String INSERT = "INSERT INTO dsl_it.walked VALUES (?, ?, ?, ?)";

        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Semaphore turns = new Semaphore(0);
        private final Random random = new Random(7);
        private final Future<?> work;
        private volatile boolean over;

        Insertions(Connection connection, Set<Object> ids) {
            work = thread.submit(() -> {
                try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                    for (turns.acquire(); !over; turns.acquire()) {
                        insert(insert, ids);
                    }
                    return null;
                }
            });
        }

        void more() {
            turns.release();
        }

        private void insert(PreparedStatement insert, Set<Object> ids) throws SQLException {
            for (int i = 0; i < LATE_ROWS_PER_PAGE; i++) {
                String id = "%08x+%d".formatted(random.nextInt(), ids.size());
                insert.setObject(1, TENANT);
                insert.setObject(2, id);
                insert.setObject(3, random.nextInt(5) == 0 ? null : random.nextLong(41));
                insert.setObject(4, random.nextInt(7) == 0 ? null : "C" + random.nextInt(1, 7));
                insert.addBatch();
                ids.add(id);
            }
            insert.executeBatch();
        }

        @Override
        public void close() {
            over = true;
            turns.release();
            thread.close();
            if (work.state() == Future.State.FAILED) {
                throw new IllegalStateException("the other connection failed", work.exceptionNow());
            }
        }
    }
}
