package io.ashlar.demo;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.demo.Api.Answer;
import io.ashlar.local.Services.Instance;
import io.ashlar.local.Services.Service;
import io.ashlar.local.Stack;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.TrialUser;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client turns pages through the whole platform while rows are added, keys are rotated, grants change and replicas stand
 * still: each row that was there comes once and in order, each page is authorized anew, and none is older than the last.
 */
class CursorIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final int ROWS = 2_000;
    private static final int LIMIT = 100;
    private static final int LATE_ROWS_PER_PAGE = 5;
    /** So late a replica may be that only a cursor's token keeps it out. */
    private static final Map<String, String> ANY_AGE = Map.of("Ashlar-Max-Staleness-Ms", "3600000");

    private static final Map<String, String> STRONG = Map.of("Ashlar-Consistency", "strong");

    /** A fifth has no delay; the other delays are shared by dozens. */
    private static final String FILL = """
            INSERT INTO app.walks
            SELECT '%s', md5(i::text), (ARRAY['east','west'])[1 + i %% 2], CASE WHEN i %% 5 > 0 THEN i %% 41 END
            FROM generate_series(1, %d) AS i""".formatted(TrialUser.TENANT_A, ROWS);

    private static final String DATASET = """
            {"relation": "app.walks", "tenant_column": "tenant_id", "key": ["id"], "cedar_type": "Walk", "fields": [
              {"name": "id", "type": "string", "source": {"column": "id"}, "nullable": false},
              {"name": "region", "type": "string", "source": {"column": "region"}, "cedar_attribute": "region"},
              {"name": "delay", "type": "int64", "source": {"column": "delay"}}]}
            """;

    private static Scenario scenario;
    private static Connection primary;
    /** Before, during and after a rotation of the cursors' keys. */
    private static final List<Instance> ROTATED = new ArrayList<>();

    private static final List<Api> APIS = new ArrayList<>();

    @BeforeAll
    static void prepare() throws SQLException {
        Platform platform = PLATFORM.platform();
        scenario = new Scenario(platform.target());
        FeatureTable.create(
                platform,
                "app.walks",
                "id text COLLATE \"C\" NOT NULL, region text, delay bigint, PRIMARY KEY (tenant_id, id)");
        primary = FeatureTable.connect(platform, Server.DATA_PRIMARY);
        try (var statement = primary.createStatement()) {
            statement.execute(FILL);
        }
        FeatureTable.declare(platform, scenario, "walks", DATASET);
        String key = "ashlar.filter.cursor.keys";
        String old = PLATFORM.keys().configuration(Service.FILTER).get(key);
        String fresh = "k2:"
                + Base64.getEncoder()
                        .encodeToString("a key of 32 bytes for the cursor".getBytes(StandardCharsets.US_ASCII));
        ROTATED.addAll(PLATFORM.start(Service.FILTER, List.of(Map.of(key, fresh + "," + old), Map.of(key, fresh))));
        APIS.add(platform.api());
        ROTATED.forEach(instance -> APIS.add(new Api(service -> instance.url())));
    }

    @AfterAll
    static void stop() throws SQLException {
        primary.close();
        PLATFORM.stop(ROTATED);
        APIS.subList(1, APIS.size()).forEach(Api::close);
    }

    @ParameterizedTest
    @CsvSource({"asc, first", "asc, last", "desc, first", "desc, last"})
    void everyRowOnceWhileOthersInsertAndKeysRotate(String dir, String nulls) throws Exception {
        String sort = "{\"field\": \"delay\", \"dir\": \"%s\", \"nulls\": \"%s\"}".formatted(dir, nulls);
        List<String> expected = FeatureTable.texts(
                primary, "SELECT id FROM app.walks ORDER BY delay %1$s NULLS %2$s, id %1$s".formatted(dir, nulls));
        Set<String> late = new HashSet<>();
        List<String> seen = new ArrayList<>();
        int pages = 0;
        try (Insertions insertions = new Insertions(late)) {
            String cursor = null;
            do {
                insertions.more();
                // A third of the pages each: the old key, both keys, the new key alone.
                Api api = APIS.get(Math.min(2, pages * 3 * LIMIT / ROWS));
                // The first page is of now, and the others are never older.
                Answer page = page(api, "ed", query(sort, cursor), pages == 0 ? STRONG : ANY_AGE);
                page.body().path("rows").forEach(row -> seen.add(row.path("id").textValue()));
                cursor = next(page);
                pages++;
            } while (cursor != null);
        } finally {
            try (var statement = primary.createStatement()) {
                statement.execute("DELETE FROM app.walks WHERE id LIKE '%+%'");
            }
        }
        assertEquals(seen.size(), new HashSet<>(seen).size(), "no row twice");
        assertEquals(expected, seen.stream().filter(id -> !late.contains(id)).toList());
        assertTrue(seen.size() > ROWS, "some that were added on the way");
        System.out.printf(
                "delay %s nulls %s: %d rows on %d pages, %d of the %d inserted meanwhile%n",
                dir, nulls, seen.size(), pages, seen.size() - ROWS, late.size());
    }

    @Test
    void aCursorEndsWithItsKey() {
        String sort = "{\"field\": \"delay\"}";
        String old = next(page(APIS.getFirst(), "ed", query(sort, null), Map.of()));

        Answer refused = ask(APIS.getLast(), scenario.token("ed"), query(sort, old), Map.of());
        String renewed = next(page(APIS.get(1), "ed", query(sort, old), Map.of()));
        Answer tooNew = ask(APIS.getFirst(), scenario.token("ed"), query(sort, renewed), Map.of());

        assertEquals(400, refused.status(), refused.text());
        assertEquals("cursor_invalid", refused.string("code"));
        assertEquals(400, tooNew.status(), tooNew.text());
        page(APIS.getLast(), "ed", query(sort, renewed), Map.of());
    }

    @Test
    void eachPageIsAuthorizedAnew() {
        Platform platform = PLATFORM.platform();
        platform.tokens()
                .putUser(new TrialUser(
                        "wil", "wil", UUID.randomUUID().toString(), TrialUser.TENANT_A, List.of(), List.of("pwd")));
        String wil = platform.tokens().user("wil", "wil");
        String ada = scenario.token("ada");
        for (String group : List.of("everywhere", "easterners")) {
            scenario.put(Service.AUTHZ, "/api/v1/groups/" + group, ada, "{\"parents\":[]}");
        }
        policy("walks-everywhere", "permit(principal in Group::\"everywhere\", action, resource);");
        policy("walks-work", """
                permit(principal in Group::"easterners", action == Action::"dataset.query", resource);""");
        policy("walks-east", """
                permit(principal in Group::"easterners", action == Action::"read", resource is Walk)
                when { resource.region == "east" };""");
        String sort = "{\"field\": \"delay\"}";

        join(wil, "\"everywhere\"");
        Answer first = once(200, wil, query(sort, null), Set.of("east", "west"));
        join(wil, "\"easterners\"");
        Answer second = once(200, wil, query(sort, next(first)), Set.of("east"));
        assertEquals(LIMIT, second.body().path("rows").size(), "a page is as long as ever");
        join(wil, "");
        // What one may do at a door is remembered for a second at most; rows are planned for each page.
        Answer third = ask(APIS.getFirst(), wil, query(sort, next(second)), ANY_AGE);
        assertEquals(Set.of(), regions(third), third.text());
        once(403, wil, query(sort, next(second)), Set.of());
        join(wil, "\"everywhere\"");
        once(200, wil, query(sort, next(second)), Set.of("east", "west"));
    }

    /** The answer that comes once a change has come everywhere. */
    private static Answer once(int status, String token, String body, Set<String> regions) {
        return await().atMost(ofSeconds(10))
                .pollInterval(ofMillis(50))
                .until(
                        () -> ask(APIS.getFirst(), token, body, ANY_AGE),
                        answer -> answer.status() == status && regions(answer).equals(regions));
    }

    @Test
    void noPageIsOlderThanTheLast() throws SQLException {
        Stack stack = PLATFORM.platform().stack();
        String sort = "{\"field\": \"id\"}";
        String added = "zz" + UUID.randomUUID();
        String alone = "{\"filters\": [{\"field\": \"id\", \"op\": \"eq\", \"value\": \"%s\"}]}".formatted(added);
        stack.pauseReplay(Server.DATA_REPLICA_1);
        stack.pauseReplay(Server.DATA_REPLICA_2);
        try {
            insert(added);
            Answer stale = page(APIS.getFirst(), "ed", alone, ANY_AGE);
            assertTrue(stale.string("source").startsWith("replica"), stale.text());
            assertEquals(0, stale.body().path("rows").size(), "a replica that stands still has not heard of it");

            Answer page = page(APIS.getFirst(), "ed", query(sort, null), STRONG);
            String last = null;
            while (next(page) != null) {
                page = page(APIS.getFirst(), "ed", query(sort, next(page)), ANY_AGE);
                assertEquals("primary", page.string("source"), "who has what the first page had");
                for (JsonNode row : page.body().path("rows")) {
                    last = row.path("id").textValue();
                }
            }
            assertEquals(added, last);
            assertNull(next(page));
        } finally {
            stack.resumeReplay(Server.DATA_REPLICA_1);
            stack.resumeReplay(Server.DATA_REPLICA_2);
            try (var statement = primary.createStatement()) {
                statement.execute("DELETE FROM app.walks WHERE id LIKE 'zz%'");
            }
        }
    }

    private static void policy(String id, String cedar) {
        scenario.put(
                Service.AUTHZ,
                "/api/v1/policies/" + id,
                scenario.token("ada"),
                "{\"cedar\":\"%s\"}".formatted(cedar.replace("\"", "\\\"").replace("\n", "\\n")));
    }

    /** Puts somebody into these groups and no others. */
    private static void join(String token, String groups) {
        scenario.put(
                Service.AUTHZ,
                "/api/v1/users/" + Scenario.subjectOf(token),
                scenario.token("ada"),
                "{\"roles\":[],\"groups\":[%s],\"attributes\":{}}".formatted(groups));
    }

    private static String query(String sort, String cursor) {
        return "{\"sort\": %s, \"page\": {\"limit\": %d%s}}"
                .formatted(sort, LIMIT, cursor == null ? "" : ", \"cursor\": \"" + cursor + "\"");
    }

    private static Answer page(Api api, String user, String body, Map<String, String> headers) {
        return SharedPlatform.answered(() -> ask(api, scenario.token(user), body, headers))
                .expect(200);
    }

    private static Answer ask(Api api, String token, String body, Map<String, String> headers) {
        return api.post(Service.FILTER, "/api/v1/datasets/walks/query", token, body, headers);
    }

    private static String next(Answer page) {
        return page.body().path("next_cursor").textValue();
    }

    private static Set<String> regions(Answer page) {
        Set<String> regions = new HashSet<>();
        page.body().path("rows").forEach(row -> regions.add(row.path("region").textValue()));
        return regions;
    }

    private static void insert(String id) throws SQLException {
        try (PreparedStatement insert =
                primary.prepareStatement("INSERT INTO app.walks VALUES (?::uuid, ?, 'east', 1)")) {
            insert.setString(1, TrialUser.TENANT_A);
            insert.setString(2, id);
            insert.executeUpdate();
        }
    }

    /** Another connection, which adds rows anywhere in the order while a page is read. */
    private static final class Insertions implements AutoCloseable {

        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Semaphore turns = new Semaphore(0);
        private final Random random = new Random(7);
        private final Future<?> work;
        private volatile boolean over;

        Insertions(Set<String> ids) {
            work = thread.submit(() -> {
                try (Connection connection = FeatureTable.connect(PLATFORM.platform(), Server.DATA_PRIMARY);
                        PreparedStatement insert =
                                connection.prepareStatement("INSERT INTO app.walks VALUES (?::uuid, ?, ?, ?)")) {
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

        private void insert(PreparedStatement insert, Set<String> ids) throws SQLException {
            for (int i = 0; i < LATE_ROWS_PER_PAGE; i++) {
                String id = "%08x+%d".formatted(random.nextInt(), ids.size());
                insert.setString(1, TrialUser.TENANT_A);
                insert.setString(2, id);
                insert.setString(3, random.nextBoolean() ? "east" : "west");
                insert.setObject(4, random.nextInt(5) == 0 ? null : random.nextLong(41));
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
