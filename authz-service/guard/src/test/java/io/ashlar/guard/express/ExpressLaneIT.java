package io.ashlar.guard.express;

import static io.ashlar.guard.app.Http.tokens;
import static io.ashlar.guard.app.Http.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.ashlar.guard.app.GuardStack;
import io.ashlar.guard.app.TrialDesk;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.ashlar.local.TrialUser;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests the lane takes, and that nobody gets through it who would not get through the door. */
@QuarkusTest
@GuardStack
class ExpressLaneIT {

    private static final String ANA = "00000000-0000-4000-8000-000000000001";
    private static final String OBO = "Ashlar-On-Behalf-Of";
    private static final String PLAIN = "\"plain\"";

    @TestHTTPResource("/")
    @Nullable URI server;

    @TestHTTPResource(value = "/", management = true)
    @Nullable URI management;

    @AfterEach
    void redisRuns() {
        StackResource.stack().resume(Server.REDIS);
    }

    private static RequestSpecification json(String token, String body) {
        return with(token).config(Plain.TYPES).contentType("application/json").body(body);
    }

    private static Response ask(String token, String body) {
        return json(token, body).post(TrialDesk.PATH);
    }

    /** A token that is held; held ones are forgotten when the issuer's keys are fetched, as another test makes happen. */
    private static String warm(String token) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> "lane"
                .equals(ask(token, PLAIN).then().statusCode(200).extract().path("way")));
        return token;
    }

    @Test
    void aProvenTokenTakesTheLane() {
        String token = tokens().user("ana");
        ask(token, PLAIN).then().statusCode(200).body("way", equalTo("resource"));
        warm(token);
        json(token, PLAIN)
                .header("X-Request-ID", "mine-1")
                .post(TrialDesk.PATH)
                .then()
                .statusCode(200)
                .contentType("application/json;charset=UTF-8")
                .header("X-Request-ID", "mine-1")
                .header("RateLimit-Remaining", notNullValue())
                .body("way", equalTo("lane"))
                .body("virtual", equalTo(false))
                .body("subject", equalTo(ANA))
                .body("tenant", equalTo(TrialUser.TENANT_A))
                .body("request_id", equalTo("mine-1"));
    }

    @Test
    void nobodyWithoutAProvenTokenTakesIt() {
        String token = warm(tokens().user("ana"));
        for (String refused : List.of(
                tokens().forged("ana"),
                tokens().expired("ana"),
                tokens().changed("ana", Map.of("aud", "somebody-else"), Duration.ofMinutes(5)),
                token.substring(0, token.length() - 4),
                token + "AAAA",
                "nonsense")) {
            ask(refused, PLAIN).then().statusCode(401).body("code", equalTo("unauthenticated"));
        }
        given().config(Plain.TYPES)
                .contentType("application/json")
                .body(PLAIN)
                .post(TrialDesk.PATH)
                .then()
                .statusCode(401);
        ask(token, PLAIN).then().statusCode(200).body("way", equalTo("lane"));
    }

    @Test
    void whomAServiceActsForIsSettledAsAtTheDoor() {
        String service = warm(tokens().service("ashlar-filter"));
        for (String user : List.of("bob", "ana", "bob")) {
            json(service, PLAIN)
                    .header(OBO, TrialUser.TENANT_B + "/" + user)
                    .post(TrialDesk.PATH)
                    .then()
                    .statusCode(200)
                    .body("way", equalTo("lane"))
                    .body("subject", equalTo(user))
                    .body("tenant", equalTo(TrialUser.TENANT_B))
                    .body("acting_service", not(equalTo("null")));
        }
        json(service, PLAIN)
                .header(OBO, "bob")
                .post(TrialDesk.PATH)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("errors[0].code", equalTo("invalid_on_behalf_of"));
        json(warm(tokens().user("ana")), PLAIN)
                .header(OBO, TrialUser.TENANT_B + "/bob")
                .post(TrialDesk.PATH)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void whatIsNotPlainTakesTheUsualWay() throws Exception {
        String token = warm(tokens().user("ana"));
        ask(token, '"' + "x".repeat(ExpressLane.BODY_BYTES_MAX - 2) + '"')
                .then()
                .body("way", equalTo("lane"));
        ask(token, '"' + "x".repeat(ExpressLane.BODY_BYTES_MAX - 1) + '"')
                .then()
                .body("way", equalTo("resource"));
        with(token)
                .contentType("application/json; charset=utf-16")
                .body(PLAIN)
                .post(TrialDesk.PATH)
                .then()
                .body("way", equalTo("resource"));
        json(token, PLAIN).accept("text/plain").post(TrialDesk.PATH).then().statusCode(406);
        json(token, PLAIN).get(TrialDesk.PATH).then().statusCode(405);
        json(token, PLAIN).post(TrialDesk.PATH + "/more").then().statusCode(404);
        // Of a publisher of unknown length: chunked.
        assertThat(sent(
                        token,
                        HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(PLAIN.getBytes(StandardCharsets.UTF_8)))))
                .contains("\"resource\"");
        assertThat(sent(token, HttpRequest.BodyPublishers.ofString(PLAIN))).contains("\"lane\"");
    }

    private String sent(String token, HttpRequest.BodyPublisher body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            Objects.requireNonNull(server).resolve(TrialDesk.PATH))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(body)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void whatWaitsIsAnsweredOnAnotherThread() {
        String token = warm(tokens().user("ana"));
        json(token, "\"wait\"")
                .header("X-Request-ID", "mine-2")
                .post(TrialDesk.PATH)
                .then()
                .statusCode(200)
                .body("way", equalTo("elsewhere"))
                .body("virtual", equalTo(true))
                .body("subject", equalTo(ANA))
                .body("request_id", equalTo("mine-2"));
        ask(token, "\"wait and fail\"").then().statusCode(403).body("code", equalTo("forbidden"));
    }

    @Test
    void refusalsAreProblems() {
        String token = warm(tokens().user("ana"));
        Response refused = ask(token, "\"refuse\"");
        refused.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "7")
                .body("code", equalTo("unavailable"))
                .body("request_id", equalTo(refused.getHeader("X-Request-ID")));
        Response failed = ask(token, "\"fail\"");
        failed.then().statusCode(500).body("code", equalTo("internal_error"));
        assertThat(failed.asString()).doesNotContain("secret");
    }

    /** The bucket answers later then, or on its own. */
    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "\"wait\""})
    void withoutRedisItGoesOn(String body) {
        String token = warm(tokens().user("ana"));
        StackResource.stack().pause(Server.REDIS);
        for (int i = 0; i < 5; i++) {
            ask(token, body).then().statusCode(200).body("subject", equalTo(ANA));
        }
    }

    @Test
    void requestsAreCountedUnderTheirPath() {
        warm(tokens().user("ana"));
        String metrics = given().get(Objects.requireNonNull(management).resolve("/q/metrics"))
                .asString();
        assertThat(metrics.lines().filter(line -> line.startsWith("http_server_requests_seconds_count")))
                .anyMatch(line -> line.contains("uri=\"" + TrialDesk.PATH + '"') && line.contains("status=\"200\""));
    }
}
