package io.ashlar.guard.permission;

import static io.ashlar.guard.app.Http.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.ashlar.authz.change.ChangeMessage;
import io.ashlar.authz.embedded.EmbeddedAuthz;
import io.ashlar.guard.app.GuardStack;
import io.ashlar.guard.audit.AuditTopic;
import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.local.StackResource;
import io.ashlar.local.TrialUser;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A guarded server that decides in its own process, over a real topic, a real spool and a decision point that comes and goes. */
@QuarkusTest
@GuardStack
@TestProfile(EmbeddedModeIT.InProcess.class)
class EmbeddedModeIT {

    private static final UUID TENANT_A = UUID.fromString(TrialUser.TENANT_A);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ALLOWED = "/trial/datasets/ok-1";

    /** With one tenant that is to be there before anybody is let in. */
    public static final class InProcess implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ashlar.guard.authz.mode", "embedded", "ashlar.guard.authz.embedded.warm", TrialUser.TENANT_A);
        }
    }

    @Inject
    EmbeddedAuthz authz;

    @ConfigProperty(name = "ashlar.filter.peers.authz")
    String peer;

    @TestHTTPResource(value = "/", management = true)
    @Nullable URI management;

    private final Relay relay = new Relay();

    @AfterEach
    void disconnect() {
        relay.close();
    }

    @Test
    void decidesHereSaysWhyItCannotAndRecovers() {
        // Nobody ticks: it is not ready, and says why. Whoever comes all the same is asked about.
        awaitReadiness("missing: the change topic is behind, or silent");
        as("ana").get(ALLOWED).then().statusCode(200);
        assertThat(authz.stats().here()).isZero();
        assertThat(authz.stats().asked()).isPositive();

        relay.begin();
        awaitReadiness("there");
        try (AuditTopic audited =
                AuditTopic.of(StackResource.stack().endpoints().kafkaBootstrap(), TENANT_A)) {
            int asked = asked();
            as("ana").get(ALLOWED).then().statusCode(200);
            as("ana").get("/trial/datasets/secret").then().statusCode(403).body("code", equalTo("forbidden"));
            assertThat(asked()).as("authz was not asked").isEqualTo(asked);
            assertThat(authz.stats().here()).isEqualTo(2);
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                audited.readToEnd();
                assertThat(decisions(audited, "ok-1")).containsExactly(AuditEvent.Decision.ALLOW);
                assertThat(decisions(audited, "secret")).containsExactly(AuditEvent.Decision.DENY);
            });
        }
        assertThat(metrics())
                .containsPattern("ashlar_guard_decisions_total\\{[^}]*result=\"here\"[^}]*} 2")
                .contains("ashlar_guard_changes_lag_seconds", "ashlar_guard_snapshots_total")
                .doesNotContain("result=\"hit\"");

        revokedWithinASecond();
        assertThat(metrics()).containsPattern("ashlar_guard_revocation_seconds_count(\\{[^}]*})? [1-9]");
        goneAndBack();
        revokedWithinASecond();
    }

    private void revokedWithinASecond() {
        int revision = Integer.parseInt(given().put(peer + "/deny").asString());
        relay.send(new ChangeMessage.Change(TENANT_A, revision, 1, 1, Instant.now()));
        long committed = System.nanoTime();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            long begun = System.nanoTime();
            int status = as("ana").get(ALLOWED).statusCode();
            assertThat(status == 403
                            || begun - committed <= Duration.ofSeconds(1).toNanos())
                    .as("allowed a second after the revocation")
                    .isTrue();
            return status == 403;
        });
        int later = Integer.parseInt(given().put(peer + "/allow").asString());
        relay.send(new ChangeMessage.Change(TENANT_A, later, 1, 1, Instant.now()));
        Awaitility.await().atMost(PATIENCE).until(() -> as("ana").get(ALLOWED).statusCode() == 200);
    }

    /** Authz and its relay: what was known of the tenant is not used, for nobody said that it may be. */
    private void goneAndBack() {
        relay.end();
        given().body("4000").put(peer + "/be-gone").then().statusCode(200);
        Awaitility.await().atMost(PATIENCE).until(() -> as("ana").get(ALLOWED).statusCode() == 503);
        as("ana")
                .get(ALLOWED)
                .then()
                .statusCode(503)
                .body("code", equalTo("dependency_unavailable"))
                .body("errors[0].detail", containsString("the change topic is behind, or silent"));
        awaitReadiness("there");
        relay.begin();
        // The topic proves that nothing has changed: what is held counts again, whether or not anybody can be asked.
        long here = authz.stats().here();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> as("ana").get(ALLOWED).statusCode() == 200
                        && authz.stats().here() > here);
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> given().get(peer + "/asked").statusCode() == 200);
    }

    private void awaitReadiness(String said) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(managed("/q/health/ready"))
                .containsPattern("\"decision_point\": *\"" + said + "\""));
    }

    /** What was decided here; the door's own note of a refusal is besides. */
    private static List<AuditEvent.Decision> decisions(AuditTopic audited, String dataset) {
        return audited.byResource().getOrDefault(dataset, List.of()).stream()
                .filter(event -> !event.reason().equals("door"))
                .map(AuditEvent::decision)
                .toList();
    }

    private int asked() {
        return Integer.parseInt(given().get(peer + "/asked").asString());
    }

    private String metrics() {
        return managed("/q/metrics");
    }

    private String managed(String path) {
        return given().get(
                        "http://localhost:" + Objects.requireNonNull(management).getPort() + path)
                .asString();
    }
}
