package io.ashlar.authz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.journal.AuditEvents;
import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What was decided is decided the same again, though policies, roles and attributes have changed since. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class ReplayIT {

    private static final String HOME_FLIGHTS = """
            permit(principal, action == Action::"look", resource is Flight) \
            when { resource.origin == principal.home \
                && resource.price.lessThan(decimal("922337203685477.5807")) \
                && context.action_properties.method == "GET" };""";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static ValidatableResponse replay(UUID tenant, String user, String body) {
        return Authz.in(tenant, user)
                .body(body)
                .post("/api/v1/decisions/replay")
                .then();
    }

    private static String text(AuditEvent event) {
        return new String(event.write(), StandardCharsets.UTF_8);
    }

    private static boolean look(UUID tenant, String origin) {
        return Authz.in(tenant, "ana")
                .body("""
                        {"subject":{"type":"User","id":"%s"},"action":{"name":"look","properties":{"method":"GET"}},
                         "context":{"channel":"web"},"resource":{"type":"Flight","id":"%s","properties":{"origin":"%s","price":922337203685477.5806}}}
                        """.formatted(Authz.ANA, origin, origin))
                .post("/access/v1/evaluation")
                .then()
                .statusCode(200)
                .extract()
                .path("decision");
    }

    private static List<AuditEvent> events(UUID tenant, int least) {
        List<AuditEvent> found = new ArrayList<>();
        try (AuditEvents events = AuditEvents.of(tenant)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                found.clear();
                found.addAll(events.read().stream()
                        .filter(event -> event.policyVersion() > 0)
                        .toList());
                assertThat(found).hasSizeGreaterThanOrEqualTo(least);
                assertThat(found).anyMatch(event -> event.action().equals("look"));
            });
        }
        return found;
    }

    @Test
    void everyDecisionIsMadeAgainThoughAllHasChanged() throws IOException {
        UUID tenant = Authz.tenant();
        Authz.policy(tenant, "home-flights", HOME_FLIGHTS).then().statusCode(201);
        assertThat(look(tenant, "SFO")).isTrue();
        assertThat(look(tenant, "LAX")).isFalse();
        assertThat(Authz.anaMay(tenant, "dataset.query")).isTrue();
        assertThat(Authz.anaMay(tenant, "policy.write")).isFalse();
        // The door's own two (a user, a policy), four questions.
        List<AuditEvent> recorded = events(tenant, 6);

        Authz.policy(tenant, "home-flights", HOME_FLIGHTS.replace("permit(", "forbid("))
                .then()
                .statusCode(200);
        Authz.user(tenant, Authz.ANA, "{\"roles\":[],\"attributes\":{\"home\":\"LAX\"}}")
                .then()
                .statusCode(200);
        assertThat(look(tenant, "SFO")).isFalse();
        assertThat(Authz.anaMay(tenant, "dataset.query")).isFalse();

        for (AuditEvent event : recorded) {
            replay(tenant, "ada", text(event))
                    .statusCode(200)
                    .body("same", equalTo(true))
                    .body("recorded.decision", equalTo(event.decision().wire()))
                    .body("replayed.decision", equalTo(event.decision().wire()))
                    .body("replayed.reason", equalTo(event.reason()))
                    .body("revision", equalTo((int) event.revision()));
        }
        AuditEvent allowed = recorded.stream()
                .filter(event -> event.action().equals("look") && event.decision() == AuditEvent.Decision.ALLOW)
                .findFirst()
                .orElseThrow();
        forged(tenant, allowed);
    }

    private static boolean trial(UUID tenant, String action, String resource) {
        return Authz.in(tenant, "ana")
                .body(Authz.question(Authz.ANA, action, "Folder", resource))
                .post("/access/v1/evaluation")
                .then()
                .statusCode(200)
                .extract()
                .path("decision");
    }

    private static void shared(String set, String policies) {
        Authz.olga()
                .body("{\"policies\":{" + policies + "}}")
                .put("/api/v1/platform/policy-sets/" + set)
                .then()
                .statusCode(anyOf(equalTo(200), equalTo(201)));
    }

    private static void awaitTrial(UUID tenant, String action, boolean allowed) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> trial(tenant, action, "f") == allowed);
    }

    /** The events about an action, at least one of each of so many revisions; the oldest revision first. */
    private static List<AuditEvent> eventsOf(UUID tenant, String action, int revisions) {
        try (AuditEvents events = AuditEvents.of(tenant)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> events.of(action).stream()
                                    .map(AuditEvent::revision)
                                    .distinct()
                                    .count()
                            >= revisions);
            return events.of(action).stream()
                    .sorted(Comparator.comparingLong(AuditEvent::revision))
                    .toList();
        }
    }

    private static void allTheSame(UUID tenant, List<AuditEvent> recorded) {
        for (AuditEvent event : recorded) {
            replay(tenant, "ada", text(event))
                    .statusCode(200)
                    .body("same", equalTo(true))
                    .body("replayed.decision", equalTo(event.decision().wire()))
                    .body("replayed.reason", equalTo(event.reason()));
        }
    }

    @Test
    void theVersionOfASharedSetThatHeldThenDecides() throws IOException {
        UUID tenant = Authz.tenant();
        String set = "replay-" + UUID.randomUUID();
        String action = "trial." + UUID.randomUUID();
        String permit = "\"yes\":\"permit(principal, action == Action::\\\"" + action + "\\\", resource);\"";
        assertThat(trial(tenant, action, "f")).isFalse();
        shared(set, permit);
        awaitTrial(tenant, action, true);
        shared(set, permit + "," + permit.replace("yes", "no").replace("permit(", "forbid("));
        awaitTrial(tenant, action, false);
        Authz.in(tenant, "ada")
                .body("{\"applies\":false}")
                .put("/api/v1/shared-policy-sets/" + set)
                .then()
                .statusCode(200);
        awaitTrial(tenant, action, false);
        // Without the set, with its first version, with its second, without it again.
        List<AuditEvent> recorded = eventsOf(tenant, action, 4);
        assertThat(recorded)
                .extracting(AuditEvent::reason)
                .contains("", "shared:" + set + ":yes", "shared:" + set + ":no");
        shared(set, "");

        allTheSame(tenant, recorded);
        AuditEvent allowed = recorded.stream()
                .filter(event -> event.decision() == AuditEvent.Decision.ALLOW)
                .findFirst()
                .orElseThrow();
        // The same question by the versions after it: the second version of the set forbids.
        AuditEvent last = recorded.getLast();
        ObjectNode later = tree(allowed).put("policy_version", allowed.policyVersion() + 1);
        assertThat(allowed.policyVersion() + 1).isLessThan(last.policyVersion());
        replay(tenant, "ada", later.put("revision", allowed.revision() + 1).toString())
                .statusCode(200)
                .body("same", equalTo(false))
                .body("replayed.reason", equalTo("shared:" + set + ":no"));
    }

    @Test
    void theRegisteredEntityOfThenIsWhatWasAskedAbout() {
        UUID tenant = Authz.tenant();
        String action = "trial." + UUID.randomUUID();
        Authz.policy(
                        tenant,
                        "folders",
                        "permit(principal, action == Action::\"" + action
                                + "\", resource in Folder::\"top\") when { resource.open };")
                .then()
                .statusCode(201);
        folder(tenant, "", "{}", 201);
        folder(tenant, "/entities/top", "{}", 201);
        String inside = "{\"parents\":[{\"type\":\"Folder\",\"id\":\"top\"}],\"attributes\":{\"open\":true}}";
        folder(tenant, "/entities/f", inside, 201);
        assertThat(trial(tenant, action, "f")).isTrue();
        folder(tenant, "/entities/f", inside.replace("true", "false"), 200);
        assertThat(trial(tenant, action, "f")).as("closed").isFalse();
        folder(tenant, "/entities/f", "{\"attributes\":{\"open\":true}}", 200);
        assertThat(trial(tenant, action, "f")).as("moved out").isFalse();
        List<AuditEvent> recorded = eventsOf(tenant, action, 3);
        assertThat(recorded)
                .extracting(AuditEvent::decision)
                .containsExactly(AuditEvent.Decision.ALLOW, AuditEvent.Decision.DENY, AuditEvent.Decision.DENY);
        Authz.in(tenant, "ada")
                .delete("/api/v1/entity-types/Folder/entities/f")
                .then()
                .statusCode(204);

        allTheSame(tenant, recorded);
    }

    private static void folder(UUID tenant, String path, String body, int status) {
        Authz.in(tenant, "ada")
                .body(body)
                .put("/api/v1/entity-types/Folder" + path)
                .then()
                .statusCode(status);
    }

    /** A log that says something else than the policies of then is found out. */
    private static void forged(UUID tenant, AuditEvent allowed) throws JsonProcessingException {
        ObjectNode denied = tree(allowed).put("decision", "deny");
        replay(tenant, "ada", denied.toString())
                .statusCode(200)
                .body("same", equalTo(false))
                .body("recorded.decision", equalTo("deny"))
                .body("replayed.decision", equalTo("allow"));
        ObjectNode reason = tree(allowed).put("reason", "default-admin");
        replay(tenant, "ada", reason.toString()).statusCode(200).body("same", equalTo(false));
        ObjectNode inputs = tree(allowed);
        inputs.withObject("/inputs/properties").put("origin", "LAX");
        replay(tenant, "ada", inputs.toString())
                .statusCode(200)
                .body("same", equalTo(false))
                .body("replayed.decision", equalTo("deny"));
    }

    private static ObjectNode tree(AuditEvent event) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(text(event));
    }

    @Test
    void whoMayAndWhatCannot() throws IOException {
        UUID tenant = Authz.tenant();
        assertThat(Authz.anaMay(tenant, "dataset.query")).isTrue();
        AuditEvent event;
        try (AuditEvents events = AuditEvents.of(tenant)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !events.of("dataset.query")
                    .isEmpty());
            event = events.of("dataset.query").getFirst();
        }
        replay(tenant, "ana", text(event)).statusCode(403);
        UUID other = Authz.tenant();
        replay(other, "ada", text(event)).statusCode(403).body("code", equalTo("forbidden"));
        replay(tenant, "ada", tree(event).put("revision", 1_000).toString())
                .statusCode(422)
                .body("code", equalTo("decision_not_replayable"));
        replay(tenant, "ada", tree(event).put("policy_version", 0).toString())
                .statusCode(422)
                .body("code", equalTo("decision_not_replayable"));
        replay(tenant, "ada", "{\"tenant\":\"t\",\"action\":7,\"decision\":\"maybe\",\"revision\":-1,\"inputs\":[]}")
                .statusCode(400)
                .body(
                        "errors.pointer",
                        containsInAnyOrder(
                                "/tenant",
                                "/action",
                                "/resource",
                                "/decision",
                                "/reason",
                                "/revision",
                                "/policy_version",
                                "/inputs"));
        replay(tenant, "ada", "[]").statusCode(400).body("errors.pointer", contains(""));
    }
}
