package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ashlar.demo.Api.Answer;
import io.ashlar.local.Services.Instance;
import io.ashlar.local.Services.Service;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.TrialUser;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Published injection payloads through the whole platform, in every place where a client can say something: as a value, as
 * words to search for, and as a name in a query, an aggregate or a declaration. None is answered with a fault of ours, and no
 * server runs a statement that it did not run for a harmless word in the same place.
 */
class InjectionIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final int CLIENTS = 4;

    /** Each takes some dozen requests, and the language's own test takes all of them: 1 asks the platform all, too. */
    private static final int EVERY = Integer.getInteger("ashlar.injection.every", 12);

    /** Names get no further than the language, so that fewer will do; each takes more requests. */
    private static final int NAMES_EVERY = EVERY == 1 ? 1 : 2 * EVERY;

    /** Words of the list that are ours too. */
    private static final Set<String> OURS = Set.of("asc", "desc");

    private static final String GROUPING = "/api/v1/datasets/words/aggregate";

    private static final String QUERY = "/api/v1/datasets/words/query";

    private static final String DATASET = """
            {"relation": "app.words", "tenant_column": "tenant_id", "key": ["id"], "cedar_type": "Word", "fields": [
              {"name": "id", "type": "string", "source": {"column": "id"}, "nullable": false},
              {"name": "word", "type": "string", "source": {"column": "word"}},
              {"name": "number", "type": "int64", "source": {"column": "number"}},
              {"name": "at", "type": "timestamp", "source": {"column": "at"}},
              {"name": "ref", "type": "uuid", "source": {"column": "ref"}},
              {"name": "kind", "type": "enum", "values": ["a", "b"], "source": {"column": "word"}},
              {"name": "tags", "type": "string[]", "source": {"column": "tags"}},
              {"name": "note", "type": "text", "source": {"column": "note"}},
              {"name": "member", "type": "string", "source": {"json": "attributes", "key": "member"}},
              {"name": "deep", "type": "string", "source": {"json": "attributes", "path": ["deep", "member"]}}]}
            """;

    /** All the places for a string that is a value, each compared on its own branch. */
    private static final String VALUES = """
            {"filters": {"or": [
               {"field": "word", "op": "eq", "value": "$"}, {"field": "word", "op": "neq", "value": "$"},
               {"field": "word", "op": "gt", "value": "$"}, {"field": "word", "op": "lte", "value": "$"},
               {"field": "word", "op": "between", "value": ["$", "$"]}, {"field": "word", "op": "in", "value": ["$", "x"]},
               {"field": "word", "op": "not_in", "value": ["$"]}, {"field": "word", "op": "contains", "value": "$"},
               {"field": "word", "op": "starts_with", "value": "$"}, {"field": "word", "op": "ends_with", "value": "$"},
               {"field": "word", "op": "eq", "value": "$", "ci": true},
               {"field": "word", "op": "contains", "value": "$", "ci": true},
               {"field": "note", "op": "contains", "value": "$"}, {"field": "tags", "op": "has", "value": "$"},
               {"field": "tags", "op": "has_any", "value": ["$", "x"]}, {"field": "tags", "op": "has_all", "value": ["$"]},
               {"field": "member", "op": "eq", "value": "$"}, {"field": "deep", "op": "in", "value": ["$"]}]},
             "sort": {"field": "word", "dir": "desc"}, "page": {"limit": 2}}
            """;

    /** Words to search for, and to be ranked by. */
    private static final String WORDS = """
            {"filters": {"field": "note", "op": "search", "value": "$"}, "sort": {"field": "note", "rank": "$"}}
            """;

    /** Places whose faults are found in the text alone. */
    private static final String SPELLING = """
            {"filters": [{"field": "word", "op": "$", "value": "x"}], "sort": [{"field": "word", "dir": "$", "nulls": "$"}],
             "tz": "$", "page": {"limit": "$"}}
            """;

    /** Places for names that the dataset has, or has not. */
    private static final String NAMES = """
            {"filters": [{"field": "$", "op": "eq", "value": "x"}, {"segment": "$"}], "sort": [{"field": "$"}], "fields": ["$"]}
            """;

    /** Places for values that are no strings. */
    private static final String TYPED = """
            {"filters": [{"field": "number", "op": "eq", "value": "$"}, {"field": "at", "op": "gt", "value": "$"},
                         {"field": "ref", "op": "in", "value": ["$"]}, {"field": "kind", "op": "eq", "value": "$"}]}
            """;

    /** Groups with a payload in one place at a time; an alias that is a good name would be one. */
    private static final String GROUPS = """
            {"aggregate": {"group_by": [{"field": "at", "bucket": "day", "as": "day"}],
                           "measures": [{"fn": "percentile", "field": "number", "p": 0.5, "as": "half"}],
                           "having": {"field": "day", "op": "within", "value": {"this": "year"}}},
             "filters": {"field": "word", "op": "neq", "value": "harmless"}, "sort": {"field": "half"}, "tz": "UTC"}
            """;

    private static Scenario scenario;
    private static Instance unlimited;
    private static Api api;

    @BeforeAll
    static void prepare() throws SQLException {
        Platform platform = PLATFORM.platform();
        scenario = new Scenario(platform.target());
        FeatureTable.create(platform, "app.words", """
                id text COLLATE "C" NOT NULL, word text, number bigint, at timestamptz, ref uuid, tags text[], note text,
                attributes jsonb, PRIMARY KEY (tenant_id, id)""");
        try (Connection primary = FeatureTable.connect(platform, Server.DATA_PRIMARY);
                var statement = primary.createStatement()) {
            statement.execute("""
                    INSERT INTO app.words SELECT '%s', i::text, 'word ' || i, i, now(), NULL, ARRAY['x'], 'x', '{}'
                    FROM generate_series(1, 10) AS i""".formatted(TrialUser.TENANT_A));
        }
        FeatureTable.declare(platform, scenario, "words", DATASET);
        // Thousands of requests by one person are what the door is there to stop.
        unlimited = platform.services().start(Service.FILTER, Map.of("ashlar.guard.rate-limit.enabled", "false"));
        api = new Api(service -> unlimited.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        PLATFORM.platform().services().stop(unlimited);
    }

    private List<String> payloads;
    private List<String> names;

    @BeforeEach
    void read() throws IOException {
        Path root = Path.of(System.getProperty("ashlar.root", "../.."));
        Path file = root.resolve(System.getenv().getOrDefault("ASHLAR_SHARED", "../shared"))
                .resolve("conformance/injection/fuzzdb-sql.txt");
        if (!Files.isReadable(file)) {
            System.err.println("SKIPPED: no injection payloads at " + file + "; set ASHLAR_SHARED");
        }
        assumeTrue(Files.isReadable(file), "no injection payloads");
        List<String> all = Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> !line.isEmpty() && !OURS.contains(line))
                .toList();
        assertTrue(all.size() > 500, all.size() + " payloads");
        payloads = every(EVERY, all);
        names = every(NAMES_EVERY, all);
    }

    private static List<String> every(int nth, List<String> all) {
        return IntStream.range(0, all.size())
                .filter(i -> i % nth == 0)
                .mapToObj(all::get)
                .toList();
    }

    @Test
    void asAValueAPayloadIsAValue() throws Exception {
        Set<Integer> statuses = new HashSet<>();
        Statements.Seen seen = sameStatements("values", payloads, payload -> {
            Answer answer = ask(QUERY, filled(VALUES, payload));
            statuses.add(answer.status());
            assertTrue(answer.status() == 200 || isFaulty(answer), payload + ": " + answer.text());
            Answer words = ask(QUERY, filled(WORDS, payload));
            assertTrue(words.status() == 200 || isFaulty(words), payload + ": " + words.text());
        });
        assertTrue(statuses.contains(200), "some were stored as they are");
        // Or nothing would have been proven of them.
        assertTrue(seen.calls() > payloads.size(), seen + " for " + payloads.size() + " payloads");
    }

    @Test
    void asANameAPayloadIsAFault() throws Exception {
        Set<String> spelled = Set.of("/filters/0/op", "/sort/0/dir", "/sort/0/nulls", "/tz", "/page/limit");
        Set<String> named = Set.of("/filters/0/field", "/filters/1/segment", "/sort/0/field", "/fields/0");
        Set<String> typed = Set.of("/filters/0/value", "/filters/1/value", "/filters/2/value/0", "/filters/3/value");
        sameStatements("names", names, payload -> {
            assertFaults(spelled, ask(QUERY, filled(SPELLING, payload)), payload);
            assertFaults(named, ask(QUERY, filled(NAMES, payload)), payload);
            assertFaults(typed, ask(QUERY, filled(TYPED, payload)), payload);
            ObjectNode key = (ObjectNode) Api.parse("{}");
            assertTrue(isFaulty(ask(QUERY, key.put(payload, 1).toString())), payload);
            Answer cursor = ask(QUERY, filled("{\"page\": {\"cursor\": \"$\"}}", payload));
            assertTrue(isFaulty(cursor), payload + ": " + cursor.text());
            Answer path = ask("/api/v1/datasets/" + encoded(payload) + "/query", "{}");
            assertTrue(
                    path.status() == 404 || path.status() == 400 || path.status() == 405, payload + ": " + path.text());
        });
    }

    @Test
    void inAnAggregateAPayloadIsAFaultOrAValue() throws Exception {
        List<String> places = List.of(
                "/aggregate/group_by/0/field",
                "/aggregate/group_by/0/bucket",
                "/aggregate/group_by/0/as",
                "/aggregate/measures/0/fn",
                "/aggregate/measures/0/as",
                "/aggregate/having/value/this",
                "/sort/field",
                "/tz");
        ask(GROUPING, GROUPS).expect(200);
        sameStatements("aggregates", names, payload -> {
            JsonNode value = Api.parse(GROUPS);
            replace(value, "/filters/value", payload);
            Answer groups = ask(GROUPING, value.toString());
            assertTrue(groups.status() == 200 || isFaulty(groups), payload + ": " + groups.text());
            if (isGoodName(payload)) {
                return;
            }
            for (String place : places) {
                JsonNode query = Api.parse(GROUPS);
                replace(query, place, payload);
                Answer answer = ask(GROUPING, query.toString());
                assertTrue(isFaulty(answer), place + " " + payload + ": " + answer.text());
            }
        });
    }

    /** One that may be declared, and is quoted besides. */
    private static boolean isGoodName(String payload) {
        return payload.matches("[\\w.:-]+");
    }

    @Test
    void inADeclarationAPayloadIsAFault() throws Exception {
        List<String> places = List.of(
                "/relation", "/tenant_column", "/cedar_type", "/fields/0/source/column", "/fields/8/source/json");
        sameStatements("declarations", payloads, payload -> {
            // The names of JSON members for each; of the others one, because a declaration is slow.
            String other = places.get(Math.floorMod(payload.hashCode(), places.size()));
            for (String place : List.of("/fields/8/source/key", "/fields/9/source/path/1", other)) {
                JsonNode declaration = Api.parse(DATASET);
                replace(declaration, place, payload);
                Answer answer = SharedPlatform.answered(() -> api.put(
                        Service.FILTER, "/api/v1/datasets/doubtful", scenario.token("ed"), declaration.toString()));
                // A lone word is a good name, if nothing else: then there is no such relation or column, or it is a
                // member.
                assertTrue(
                        isFaulty(answer)
                                || (isGoodName(payload) && Set.of(200, 201, 412).contains(answer.status())),
                        place + " " + payload + ": " + answer.text());
            }
        });
    }

    /**
     * Runs requests for every payload, after the same requests for a harmless word, and compares what the servers ran.
     */
    private static Statements.Seen sameStatements(String what, List<String> payloads, Consumer<String> requests)
            throws Exception {
        Statements statements = new Statements(PLATFORM.platform(), "ashlar_filter_api", "ashlar_router_api");
        statements.forget();
        // Any replica may be asked, and each more than once before its statements are all there.
        for (int i = 0; i < 5; i++) {
            harmless(requests);
        }
        Statements.Seen clean = statements.seen();
        List<Callable<Void>> work = payloads.stream()
                .<Callable<Void>>map(payload -> () -> {
                    requests.accept(payload);
                    return null;
                })
                .toList();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Void> one : clients.invokeAll(work)) {
                one.get();
            }
        }
        Statements.Seen dirty = statements.seen();
        assertEquals(List.of(), dirty.beyond(clean), "statements that no harmless word had caused");
        assertEquals(List.of(), statements.errors(), "statements that a server refused");
        System.out.printf("%s: %d payloads, %s, all known before%n", what, payloads.size(), dirty);
        return dirty;
    }

    private static void harmless(Consumer<String> requests) {
        requests.accept("harmless");
    }

    private static void replace(JsonNode tree, String pointer, String text) {
        int last = pointer.lastIndexOf('/');
        JsonNode parent = tree.at(pointer.substring(0, last));
        String name = pointer.substring(last + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), text);
        } else {
            ((ObjectNode) parent).put(name, text);
        }
    }

    /** The template with a payload in all its places. */
    private static String filled(String template, String payload) {
        String quoted = TextNode.valueOf(payload).toString();
        return template.replace("\"$\"", quoted);
    }

    private static String encoded(String payload) {
        return URLEncoder.encode(payload, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Answer ask(String path, String body) {
        return SharedPlatform.answered(() -> api.post(Service.FILTER, path, scenario.token("ed"), body, Map.of()));
    }

    private static boolean isFaulty(Answer answer) {
        return answer.status() == 400
                || (answer.status() == 422 && !answer.string("code").equals("query_failed"));
    }

    private static void assertFaults(Set<String> pointers, Answer answer, String payload) {
        assertEquals(400, answer.status(), payload + ": " + answer.text());
        Set<String> found = new HashSet<>();
        answer.body()
                .path("errors")
                .forEach(fault -> found.add(fault.path("pointer").textValue()));
        assertTrue(found.containsAll(pointers), payload + ": " + answer.text());
    }
}
