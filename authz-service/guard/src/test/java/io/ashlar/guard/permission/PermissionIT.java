package io.ashlar.guard.permission;

import static io.ashlar.guard.app.Http.as;
import static io.ashlar.guard.app.Http.tokens;
import static io.ashlar.guard.app.Http.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.ashlar.authz.change.ChangeMessage;
import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.guard.app.GuardStack;
import io.ashlar.local.TrialUser;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cases of the door's permission, the decision cache, and its freshness over a real topic. */
@QuarkusTest
@GuardStack
class PermissionIT {

    private static final UUID TENANT_A = UUID.fromString(TrialUser.TENANT_A);

    @Inject
    RemoteAuthz authz;

    @ConfigProperty(name = "ashlar.filter.peers.authz")
    String peer;

    private Relay relay;

    @BeforeEach
    void connect() {
        relay = new Relay();
    }

    @AfterEach
    void disconnect() {
        relay.close();
        given().get(peer + "/allow");
    }

    @Test
    void anAllowedCallerGetsIn() {
        as("ana").get("/trial/datasets/ok-1").then().statusCode(200).body("virtual", equalTo(true));
        as("ana").get("/trial/reactive/ok-1").then().statusCode(200);
        with(tokens().service("ashlar-filter"))
                .header("Ashlar-On-Behalf-Of", TrialUser.TENANT_B + "/bob")
                .get("/trial/datasets/ok-1")
                .then()
                .statusCode(200);
    }

    @Test
    void aDeniedCallerDoesNot() {
        as("ana")
                .get("/trial/datasets/secret")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("forbidden"))
                .body("detail", containsString("dataset.query"));
        as("ana").get("/trial/reactive/secret").then().statusCode(403);
    }

    @Test
    void howTheUserSignedInIsAskedWithAndARefusalSaysThatItIsWhatIsMissing() {
        for (String path : List.of("/trial/datasets/mfa-1", "/trial/reactive/mfa-1")) {
            as("ana")
                    .get(path)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("mfa_required"))
                    .body("errors[0].allowed", contains("hwk", "mfa"));
            as("ada").get(path).then().statusCode(200);
            // A service account did not sign in with two factors, for whomever it acts.
            with(tokens().service("ashlar-filter"))
                    .header("Ashlar-On-Behalf-Of", TrialUser.TENANT_A + "/ada")
                    .get(path)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("mfa_required"));
        }
    }

    @Test
    void withoutATenantThereIsNoPermission() {
        as("olga").get("/trial/datasets/ok-1").then().statusCode(403).body("code", equalTo("tenant_required"));
    }

    @Test
    void withoutAnAnswerNobodyGetsIn() {
        as("ana")
                .get("/trial/datasets/broken")
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("code", equalTo("dependency_unavailable"));
    }

    @Test
    void decisionsAreCachedWhileTheTopicIsFreshAndDroppedByAChange() {
        as("ana").get("/trial/datasets/ok-warm").then().statusCode(200);
        relay.begin();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::answersFromTheCache);

        int revision = Integer.parseInt(given().put(peer + "/deny").asString());
        relay.send(new ChangeMessage.Change(TENANT_A, revision, 1, 1, Instant.now()));
        long committed = System.nanoTime();
        // The contract, which holds on a slow machine too: no request that begins a second after the change is allowed.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            long begun = System.nanoTime();
            int status = as("ana").get("/trial/datasets/ok-cached").statusCode();
            assertThat(status == 403
                            || begun - committed <= Duration.ofSeconds(1).toNanos())
                    .as("allowed a second after the revocation")
                    .isTrue();
            return status == 403;
        });

        relay.end();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !answersFromTheCache());
        assertThat(authz.changeLag()).hasValueSatisfying(lag -> assertThat(lag).isGreaterThan(Duration.ofSeconds(1)));
    }

    private boolean answersFromTheCache() {
        as("ana").get("/trial/datasets/ok-cached");
        long hits = authz.stats().hits();
        as("ana").get("/trial/datasets/ok-cached");
        return authz.stats().hits() > hits;
    }
}
