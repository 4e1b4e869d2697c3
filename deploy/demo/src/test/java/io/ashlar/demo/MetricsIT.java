package io.ashlar.demo;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ashlar.local.Services;
import io.ashlar.local.Services.Service;
import io.ashlar.local.TrialUser;
import io.ashlar.router.token.ConsistencyToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What rules and dashboards are made of is on the services' real metrics pages. The lists are deploy/kubernetes/metrics/*.txt; the
 * charts' tests keep them equal to what the charts render.
 */
class MetricsIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A little of everything: a write, its read, one that can never be fresh enough, a refusal, an export. */
    @BeforeAll
    static void traffic() {
        Scenario scenario = new Scenario(PLATFORM.platform().target());
        Api api = PLATFORM.platform().api();
        String line =
                "{\"entity_id\":\"flight:metrics\",\"event_at\":\"2001-01-01T10:00:00Z\",\"attributes\":{\"delay\":1}}";
        String token = scenario.batch(line, "metrics-" + UUID.randomUUID()).string("token");
        String all = "{\"filters\":[],\"page\":{\"limit\":1}}";
        await().atMost(ofMinutes(1))
                .until(() -> scenario.query("ed", all, Map.of("Ashlar-Consistency-Token", token))
                                .status()
                        == 200);
        await().atMost(ofMinutes(1))
                .until(() -> scenario.query("ed", all, Map.of("Ashlar-Consistency-Token", unreachable()))
                                .status()
                        == 503);
        Map<String, String> ndjson = Map.of("Content-Type", "application/x-ndjson");
        await().atMost(ofMinutes(1))
                .until(() -> api.post(Service.INGEST, "/api/v1/telemetry", scenario.token("ana"), line, ndjson)
                                .status()
                        == 403);
        String export = api.post(
                        Service.EXPORT,
                        "/api/v1/exports",
                        scenario.token("ed"),
                        "{\"source\":\"flights\",\"format\":\"csv\",\"filters\":[]}",
                        Map.of())
                .expect(202)
                .string("id");
        await().atMost(ofMinutes(1))
                .until(() -> api.get(Service.EXPORT, "/api/v1/exports/" + export, scenario.token("ed"), Map.of())
                        .expect(200)
                        .string("state")
                        .equals("succeeded"));
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void whatRulesAndDashboardsUseIsThere(Service service) throws IOException {
        List<String> wanted = Files.readAllLines(list(service));
        assertTrue(wanted.size() > 10, "the list of " + service);

        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertEquals(Set.of(), page(service).missing(wanted)));
    }

    @Test
    void whatIsNotThereIsNamed() {
        MetricsPage page = page(Service.ROUTER);

        assertEquals(
                Set.of("ashlar_router_lag_minutes", "ashlar_router_lag_seconds{replica}"),
                page.missing(List.of(
                        "ashlar_router_lag_seconds{node}",
                        "ashlar_router_lag_minutes",
                        "ashlar_router_lag_seconds{replica}")));
    }

    /** Each distinct value of a label is a series of its own: an id or a tenant in one would fill Prometheus' memory. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void noLabelCarriesAnId(Service service) {
        String text = text(service);

        assertTrue(text.contains("http_server_requests_seconds_count{"), "no requests on the page");
        assertFalse(
                text.lines()
                        .filter(line -> !line.startsWith("#"))
                        .anyMatch(line -> line.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-.*")),
                "an id in a label");
    }

    /** Offsets that no log has reached, of a token that is well formed. */
    private static String unreachable() {
        return new ConsistencyToken(
                        1,
                        UUID.fromString(TrialUser.TENANT_A),
                        List.of(),
                        Map.of("ashlar.telemetry.v1", Map.of(0, 1_000_000_000L)),
                        Instant.now())
                .text();
    }

    private static MetricsPage page(Service service) {
        return MetricsPage.read(text(service));
    }

    /** The pages of all its instances that live. */
    private static String text(Service service) {
        Services services = PLATFORM.platform().services();
        return services.instances().stream()
                .filter(instance -> instance.service() == service && services.alive(instance))
                .map(instance -> get(instance.managementUrl().resolve("/q/metrics")))
                .collect(Collectors.joining("\n"));
    }

    private static String get(URI uri) {
        try {
            HttpResponse<String> answer =
                    HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode());
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError("no metrics from " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Path list(Service service) {
        return Path.of(System.getProperty("ashlar.root", "../.."), "deploy/kubernetes/metrics", service.key() + ".txt");
    }
}
