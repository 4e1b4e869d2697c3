package io.ashlar.guard.permission;

import static io.ashlar.guard.app.Http.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.guard.app.GuardStack;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A guarded server whose authz dies under it: nobody gets in, the answer says why, and it recovers by itself. */
@QuarkusTest
@GuardStack
class AuthzGoneIT {

    @Inject
    RemoteAuthz authz;

    @ConfigProperty(name = "ashlar.filter.peers.authz")
    String peer;

    @Test
    void nobodyGetsInTheAnswerSaysWhyAndItRecovers() {
        as("ana").get("/trial/datasets/ok-1").then().statusCode(200);
        long unavailable = authz.stats().unavailable();
        given().body("5000").put(peer + "/be-gone").then().statusCode(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> as("ana").get("/trial/datasets/ok-1").statusCode() == 503);
        as("ana")
                .get("/trial/datasets/ok-1")
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("code", equalTo("dependency_unavailable"))
                .body("errors[0].code", equalTo("no_decision"))
                .body("errors[0].detail", anyOf(containsString("UNREACHABLE"), containsString("BREAKER_OPEN")));
        assertThat(authz.stats().unavailable()).isGreaterThan(unavailable);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> as("ana").get("/trial/datasets/ok-1").statusCode() == 200);
    }
}
