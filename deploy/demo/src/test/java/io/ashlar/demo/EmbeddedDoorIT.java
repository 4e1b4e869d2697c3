package io.ashlar.demo;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.demo.Api.Answer;
import io.ashlar.local.Services;
import io.ashlar.local.Services.Instance;
import io.ashlar.local.Services.Service;
import io.ashlar.local.TrialUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A filter-service that decides permissions in its own process, beside one that asks authz. */
class EmbeddedDoorIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final Duration LAST_KNOWN = ofSeconds(8);
    private static final int REVOCATIONS = 10;
    private static final String QUERY = "/api/v1/datasets/flights/query";

    /** Nobody may ask for a dataset of this name who signed in with a password alone. */
    private static final String VAULT = """
            {"cedar":"forbid(principal, action == Action::\\"dataset.query\\", resource == Dataset::\\"vault\\")\
             unless { context has amr && context.amr.containsAny([\\"mfa\\", \\"hwk\\"]) };"}""";

    private static Scenario scenario;
    private static Instance instance;
    private static Api asking;
    private static Api deciding;

    @BeforeAll
    static void startOneThatDecides() {
        Platform platform = PLATFORM.platform();
        scenario = new Scenario(platform.target());
        asking = platform.api();
        instance = platform.services()
                .start(
                        Service.FILTER,
                        Map.of(
                                "ashlar.guard.authz.mode",
                                "embedded",
                                "ashlar.guard.authz.last-known",
                                LAST_KNOWN.toString(),
                                "ashlar.guard.authz.embedded.warm",
                                TrialUser.TENANT_A));
        deciding = new Api(service -> instance.url());
    }

    @AfterAll
    static void stopIt() {
        deciding.close();
        PLATFORM.platform().services().stop(instance);
    }

    @Test
    void itAnswersAsOneThatAsks() {
        scenario.put(Service.AUTHZ, "/api/v1/policies/vault-signed-in", scenario.token("ada"), VAULT);
        Set<String> kinds = new TreeSet<>();
        long before = decided("here");
        for (String person : List.of("ana", "ed", "ada", "bob", "bea")) {
            String token = scenario.token(person);
            requests(token).forEach((name, request) -> {
                String[] told = new String[1];
                // A change is known to each within a second, not to both at once.
                await().atMost(ofSeconds(10)).untilAsserted(() -> {
                    told[0] = told(request, asking);
                    assertEquals(told[0], told(request, deciding), person + ": " + name);
                });
                kinds.add(told[0]);
            });
        }
        assertTrue(kinds.containsAll(List.of("200", "403 forbidden", "403 mfa_required hwk mfa")), kinds.toString());
        assertTrue(decided("here") > before, "decided in its own process");
    }

    @Test
    void aRevocationReachesItWithinASecond() throws Exception {
        String name = "viv";
        PLATFORM.platform()
                .tokens()
                .putUser(new TrialUser(
                        name, name, UUID.randomUUID().toString(), TrialUser.TENANT_A, List.of(), List.of("pwd")));
        String viv = PLATFORM.platform().tokens().user(name, name);
        Map<String, BooleanSupplier> doors = new TreeMap<>();
        doors.put("filter that asks", () -> status(asking, viv) == 200);
        doors.put("filter that decides", () -> status(deciding, viv) == 200);
        RevocationTimes times = new RevocationTimes();

        for (int i = 0; i < REVOCATIONS; i++) {
            grant(viv, "\"viewer\"");
            await().atMost(ofSeconds(30)).pollInterval(ofMillis(20)).until(() -> doors.values().stream()
                    .allMatch(BooleanSupplier::getAsBoolean));
            long asked = System.nanoTime();
            grant(viv, "");
            times.watch(doors, asked, System.nanoTime());
        }

        System.out.println(times);
    }

    /** The only authz there is dies: this one goes on for as long as was said, the other not at all; both recover. */
    @Test
    void withoutAuthzItGoesOnWithWhatWasLastKnownForAsLongAsWasSaid() {
        Services services = PLATFORM.platform().services();
        Instance authz = services.instances().stream()
                .filter(one -> one.service() == Service.AUTHZ && services.alive(one))
                .findFirst()
                .orElseThrow();
        String ed = scenario.token("ed");
        assertEquals(200, status(deciding, ed));
        long lastKnown = decided("last_known");
        long killed = System.nanoTime();
        services.kill(authz);
        try {
            await().atMost(ofSeconds(30)).until(() -> metadata(asking, ed).status() == 503);
            await().atMost(ofSeconds(30)).pollInSameThread().until(() -> {
                long begun = System.nanoTime();
                Answer answer = metadata(deciding, ed);
                if (answer.status() == 200) {
                    assertTrue(begun - killed <= LAST_KNOWN.toNanos(), "longer than was said");
                    return false;
                }
                assertEquals(503, answer.status(), answer.text());
                String why = answer.body().path("errors").path(0).path("detail").asText();
                assertTrue(why.contains("the change topic is behind"), answer.text());
                return true;
            });
            assertTrue(decided("last_known") > lastKnown, "some were decided as was last known");
        } finally {
            services.start(authz);
        }
        long here = decided("here");
        await().atMost(ofSeconds(60)).until(() -> status(asking, ed) == 200 && status(deciding, ed) == 200);
        await().atMost(ofSeconds(60)).until(() -> metadata(deciding, ed).status() == 200 && decided("here") > here);
    }

    /** What anybody may try, allowed or not. */
    private static Map<String, Function<Api, Answer>> requests(String token) {
        String flights = "/api/v1/datasets/flights";
        return Map.of(
                "query", api -> api.post(Service.FILTER, QUERY, token, "{\"page\":{\"limit\":1}}", Map.of()),
                "schema", api -> api.get(Service.FILTER, flights + "/schema", token, Map.of()),
                "list", api -> api.get(Service.FILTER, "/api/v1/datasets?limit=5", token, Map.of()),
                "declare", api -> api.put(Service.FILTER, flights, token, "{}"),
                "impact", api -> api.post(Service.FILTER, flights + "/impact", token, "{}", Map.of()),
                "segment", api -> api.post(Service.FILTER, flights + "/segments", token, "{}", Map.of()),
                "vault", api -> api.post(Service.FILTER, "/api/v1/datasets/vault/query", token, "{}", Map.of()));
    }

    /** Status, code, and which way of signing in would help. */
    private static String told(Function<Api, Answer> request, Api api) {
        Answer answer = SharedPlatform.answered(() -> request.apply(api));
        StringBuilder told = new StringBuilder().append(answer.status());
        if (answer.status() != 200) {
            told.append(' ').append(answer.string("code"));
        }
        if (answer.status() == 403) {
            for (JsonNode method : answer.body().path("errors").path(0).path("allowed")) {
                told.append(' ').append(method.asText());
            }
        }
        return told.toString();
    }

    private static int status(Api api, String token) {
        return SharedPlatform.answered(
                        () -> api.post(Service.FILTER, QUERY, token, "{\"page\":{\"limit\":1}}", Map.of()))
                .expect(200, 403)
                .status();
    }

    /** Needs a permission, and nothing of authz besides: a query would have its rows planned there. */
    private static Answer metadata(Api api, String token) {
        return api.get(Service.FILTER, "/api/v1/datasets/flights", token, Map.of());
    }

    private static void grant(String token, String roles) {
        scenario.put(
                Service.AUTHZ,
                "/api/v1/users/" + Scenario.subjectOf(token),
                scenario.token("ada"),
                "{\"roles\":[%s],\"groups\":[],\"attributes\":{}}".formatted(roles));
    }

    /** How many questions came to this, by the meter of the one that decides. */
    private static long decided(String result) {
        String page = asking.page(instance.managementUrl().resolve("/q/metrics"));
        Matcher count = Pattern.compile("ashlar_guard_decisions_total\\{[^}]*result=\"" + result + "\"[^}]*} (\\S+)")
                .matcher(page);
        assertTrue(count.find(), "no meter of " + result);
        return (long) Double.parseDouble(count.group(1));
    }
}
