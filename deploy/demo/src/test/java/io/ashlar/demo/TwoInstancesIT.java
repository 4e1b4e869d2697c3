package io.ashlar.demo;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.demo.Api.Answer;
import io.ashlar.local.Services;
import io.ashlar.local.Services.Instance;
import io.ashlar.local.Services.Service;
import io.ashlar.local.TrialUser;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two instances of every service at once: nothing is done twice, nothing is missed. */
class TwoInstancesIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final int REVOCATIONS = 20;
    private static final int REVIEWED_TENANTS = 4;

    private static final List<Instance> SECOND = new ArrayList<>();
    private static Api second;
    private static Scenario scenario;

    @BeforeAll
    static void startAnotherOfEach() {
        Services services = PLATFORM.platform().services();
        Map<Service, URI> urls = new EnumMap<>(Service.class);
        SECOND.addAll(services.start(Service.AUTHZ, Service.ROUTER));
        SECOND.addAll(services.start(Service.FILTER, Service.INGEST, Service.EXPORT));
        SECOND.forEach(instance -> urls.put(instance.service(), instance.url()));
        second = new Api(urls::get);
        scenario = new Scenario(PLATFORM.platform().target());
    }

    @AfterAll
    static void stopThem() {
        second.close();
        PLATFORM.stop(SECOND);
    }

    @Test
    void aBatchSentFourTimesThroughBothIsStoredOnce() throws Exception {
        Api first = PLATFORM.platform().api();
        String ed = scenario.token("ed");
        Reconciliation before = Reconciliation.settled(first, ed);
        List<String> lines = new ArrayList<>();
        new Flights.Sample().forEach(flight -> {
            if (lines.size() < 500) {
                lines.add(flight.toTelemetryLine());
            }
        });
        String key = "twice-" + UUID.randomUUID();
        String body = String.join("\n", lines);

        Set<String> receipts = new HashSet<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> throughFirst = () -> insist(first, ed, body, key);
            Callable<String> throughSecond = () -> insist(second, ed, body, key);
            for (Future<String> receipt :
                    clients.invokeAll(List.of(throughFirst, throughSecond, throughFirst, throughSecond))) {
                receipts.add(receipt.get());
            }
        }
        Reconciliation after = Reconciliation.settled(first, ed).since(before);

        assertEquals(1, receipts.size(), "one batch, one receipt");
        assertEquals(new Reconciliation(500, 500, 0, 0), after);
        assertEquals(
                422,
                second.post(Service.INGEST, "/api/v1/telemetry", ed, lines.getFirst(), ndjson(key))
                        .status(),
                "another body under the same key");
    }

    /** Short ones, so that both reach for the next one often. */
    @Test
    void noExportRunsTwice() {
        String ed = scenario.token("ed");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Api api = i % 2 == 0 ? PLATFORM.platform().api() : second;
            ids.add(SharedPlatform.answered(() -> api.post(
                            Service.EXPORT,
                            "/api/v1/exports",
                            ed,
                            "{\"source\":\"flights\",\"format\":\"csv\",\"filters\":[{\"field\":\"origin\",\"op\":\"eq\",\"value\":\"ORD\"}]}",
                            Map.of()))
                    .expect(202)
                    .string("id"));
        }

        for (String id : ids) {
            JsonNode job = await().atMost(ofMinutes(2))
                    .pollInterval(ofMillis(200))
                    .until(
                            () -> second.get(Service.EXPORT, "/api/v1/exports/" + id, ed, Map.of())
                                    .expect(200)
                                    .body(),
                            body -> body.path("state").asText().equals("succeeded"));
            assertEquals(1, job.path("attempts").asInt(), job.toString());
        }
    }

    @Test
    void aRevocationReachesEveryInstanceWithinASecond() throws Exception {
        String name = "vic";
        PLATFORM.platform()
                .tokens()
                .putUser(new TrialUser(
                        name, "vic", UUID.randomUUID().toString(), TrialUser.TENANT_A, List.of(), List.of("pwd")));
        String vic = PLATFORM.platform().tokens().user(name, "vic");
        Api first = PLATFORM.platform().api();
        Map<String, BooleanSupplier> doors = new TreeMap<>();
        doors.put("filter 1", () -> mayQuery(first, vic));
        doors.put("filter 2", () -> mayQuery(second, vic));
        doors.put("authz 1", () -> decidesForQuery(first, vic));
        doors.put("authz 2", () -> decidesForQuery(second, vic));
        RevocationTimes times = new RevocationTimes();

        for (int i = 0; i < REVOCATIONS; i++) {
            grant(first, vic, "\"viewer\"");
            await().atMost(ofSeconds(30)).pollInterval(ofMillis(20)).until(() -> doors.values().stream()
                    .allMatch(BooleanSupplier::getAsBoolean));
            long asked = System.nanoTime();
            grant(first, vic, "");
            long committed = System.nanoTime();
            times.watch(doors, asked, committed);
        }

        System.out.println(times);
    }

    @Test
    void bothRoutersAgreeOnThePrimary() {
        String filter = PLATFORM.platform().tokens().service("ashlar-filter");

        JsonNode one = PLATFORM.platform()
                .api()
                .get(Service.ROUTER, "/api/v1/topology", filter, Map.of())
                .body();
        JsonNode two =
                second.get(Service.ROUTER, "/api/v1/topology", filter, Map.of()).body();

        assertNotEquals(0, one.path("nodes").size());
        assertTrue(one.toString().contains("primary"), one.toString());
        assertEquals(one.path("nodes").size(), two.path("nodes").size());
    }

    /** Both look each second for dates that have passed: who comes second finds nothing left to end. */
    @Test
    void whatNobodyKeepsInAReviewLapsesOnce() {
        List<String> people = List.of("uma", "uri", "uta");
        List<String> administrators = new ArrayList<>();
        for (int i = 0; i < REVIEWED_TENANTS; i++) {
            UUID tenant = UUID.randomUUID();
            scenario.put(
                    Service.AUTHZ,
                    "/api/v1/tenants/" + tenant,
                    scenario.token("olga"),
                    "{\"name\":\"Reviewed\",\"first_admin\":\"%s\"}".formatted(scenario.subject("ada")));
            String ada = PLATFORM.token(tenant, "ada");
            people.forEach(
                    name -> scenario.put(Service.AUTHZ, "/api/v1/users/" + name, ada, "{\"roles\":[\"viewer\"]}"));
            scenario.put(
                    Service.AUTHZ,
                    "/api/v1/access-reviews/q4",
                    ada,
                    "{\"due_at\":\"%s\",\"lapse\":true,\"reason\":\"fourth quarter\"}"
                            .formatted(Instant.now().plusSeconds(3)));
            administrators.add(ada);
        }

        for (String ada : administrators) {
            for (Api api : List.of(PLATFORM.platform().api(), second)) {
                JsonNode review = await().atMost(ofMinutes(1))
                        .pollInterval(ofMillis(200))
                        .until(() -> read(api, ada, "/api/v1/access-reviews/q4"), TwoInstancesIT::isClosed);
                assertEquals(people.size(), review.path("counts").path("lapsed").asInt(), review.toString());
                people.forEach(name -> assertEquals(
                        0, read(api, ada, "/api/v1/users/" + name).path("roles").size(), name));
            }
            List<String> lapsed = new ArrayList<>();
            for (JsonNode item :
                    read(second, ada, "/api/v1/access-reviews/q4/evidence").path("items")) {
                if (item.path("verdict").asText().equals("lapse")) {
                    lapsed.add(item.path("subject").path("id").asText());
                }
            }
            assertEquals(people, lapsed.stream().sorted().toList(), "each once in the evidence");
        }
    }

    private static boolean isClosed(JsonNode review) {
        return review.path("review").path("state").asText().equals("closed");
    }

    private static JsonNode read(Api api, String token, String path) {
        return SharedPlatform.answered(() -> api.get(Service.AUTHZ, path, token, Map.of()))
                .expect(200)
                .body();
    }

    /** Gives a user these roles and no others. */
    private static void grant(Api api, String token, String roles) {
        SharedPlatform.answered(() -> api.put(
                        Service.AUTHZ,
                        "/api/v1/users/" + Scenario.subjectOf(token),
                        scenario.token("ada"),
                        "{\"roles\":[%s],\"groups\":[],\"attributes\":{}}".formatted(roles)))
                .expect(200, 201);
    }

    private static boolean mayQuery(Api api, String token) {
        return SharedPlatform.answered(() -> api.post(
                                Service.FILTER,
                                "/api/v1/datasets/flights/query",
                                token,
                                "{\"filters\":[],\"page\":{\"limit\":1}}",
                                Map.of()))
                        .expect(200, 403)
                        .status()
                == 200;
    }

    private static boolean decidesForQuery(Api api, String token) {
        String question = """
                {"subject":{"type":"User","id":"%s"},"action":{"name":"dataset.query"},
                 "resource":{"type":"Dataset","id":"flights"}}
                """.formatted(Scenario.subjectOf(token));
        return SharedPlatform.answered(
                        () -> api.post(Service.AUTHZ, "/access/v1/evaluation", token, question, Map.of()))
                .expect(200)
                .body()
                .path("decision")
                .booleanValue();
    }

    /** A client that waits while its own twin is still being worked on. */
    private static String insist(Api api, String token, String body, String key) {
        Answer answer = await().atMost(ofMinutes(1))
                .pollInterval(ofMillis(100))
                .until(
                        () -> api.post(Service.INGEST, "/api/v1/telemetry", token, body, ndjson(key)),
                        sent -> sent.status() != 409 && sent.status() != 503);
        return answer.expect(202).string("receipt");
    }

    private static Map<String, String> ndjson(String key) {
        return Map.of("Content-Type", "application/x-ndjson", "Idempotency-Key", key);
    }
}
