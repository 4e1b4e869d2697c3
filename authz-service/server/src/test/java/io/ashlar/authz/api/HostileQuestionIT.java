package io.ashlar.authz.api;

import static io.ashlar.authz.api.Certified.EVALUATION;
import static io.ashlar.authz.api.Certified.EVALUATIONS;
import static io.ashlar.authz.api.Certified.SEARCH;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What AuthZEN's endpoints must withstand. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class HostileQuestionIT {

    private static String about(String subject, String more) {
        return """
                {"subject":{"type":"User","id":"%s"},"action":{"name":"dataset.query"},
                 "resource":{"type":"Dataset","id":"flights"}%s}
                """.formatted(subject, more);
    }

    @ParameterizedTest
    @ValueSource(strings = {EVALUATION, EVALUATIONS, SEARCH + "subject", SEARCH + "resource", SEARCH + "action"})
    void believesNoTokenButTheIssuers(String path) {
        String body = about(Authz.ANA, "");
        for (String token : List.of(
                Authz.tokens().forged("ada"),
                Authz.tokens().expired("ada"),
                Authz.tokens().changed("ada", Map.of("aud", "somebody-else"), Duration.ofMinutes(5)),
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.",
                "nonsense")) {
            Authz.as(token)
                    .body(body)
                    .post(path)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", startsWith("Bearer"))
                    .body("code", equalTo("unauthenticated"));
        }
        given().contentType("application/json").body(body).post(path).then().statusCode(401);
        Authz.olga().body(body).post(path).then().statusCode(403).body("code", equalTo("tenant_required"));
        Authz.as(Authz.tokens().changed("ada", Map.of("tenant_id", "../" + UUID.randomUUID()), Duration.ofMinutes(5)))
                .body(body)
                .post(path)
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {EVALUATION, EVALUATIONS, SEARCH + "subject", SEARCH + "resource", SEARCH + "action"})
    void isBoundedInSizeAndDepth(String path) throws IOException, InterruptedException {
        UUID tenant = Authz.tenant();
        Map<String, Integer> hostile = Map.of(
                ",\"context\":{\"x\":\"" + "y".repeat(1_000_000) + "\"}",
                413,
                ",\"context\":{\"x\":\"" + "y".repeat(100_000) + "\"}",
                400,
                ",\"context\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
                400,
                ",\"context\":" + "{\"a\":".repeat(12) + "1" + "}".repeat(12),
                400,
                ",\"context\":{\"a\":[" + "1,".repeat(2_000) + "1]}",
                400,
                ",\"context\":{\"a\":1e400}",
                400,
                ",\"context\":{\"a\":9223372036854775808}",
                400,
                ",\"context\":{\"a\":1,\"a\":2}",
                400,
                ",\"context\":{\"action_properties\":{\"soft\":true}}",
                400);
        for (Map.Entry<String, Integer> sent : hostile.entrySet()) {
            String start = sent.getKey().substring(0, Math.min(40, sent.getKey().length()));
            assertThat(status(tenant, path, about(Authz.ANA, sent.getKey())))
                    .as(start)
                    .isEqualTo(sent.getValue());
        }
        assertThat(status(tenant, path, about("u".repeat(300), ""))).isEqualTo(path.endsWith("subject") ? 200 : 400);
    }

    /** By a client that does not try to show the body. */
    private static int status(UUID tenant, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Authorization", "Bearer " + Authz.token(tenant, "ada"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void aBatchIsBoundedInNumberAndInWhatItAddsUpTo() throws IOException, InterruptedException {
        UUID tenant = Authz.tenant();
        String many = IntStream.range(0, 501).mapToObj(i -> "{}").collect(Collectors.joining(",", "[", "]"));
        Authz.in(tenant, "ada")
                .body(about(Authz.ANA, ",\"evaluations\":" + many))
                .post(EVALUATIONS)
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/evaluations"));
        String few = IntStream.range(0, 500).mapToObj(i -> "{}").collect(Collectors.joining(",", "[", "]"));
        Authz.in(tenant, "ada")
                .body(about(Authz.ANA, ",\"evaluations\":" + few))
                .post(EVALUATIONS)
                .then()
                .statusCode(200)
                .body("evaluations.size()", equalTo(500));
        String much = ",\"context\":{\"x\":\"" + "y".repeat(60_000) + "\"},\"evaluations\":" + few;
        assertThat(status(tenant, EVALUATIONS, about(Authz.ANA, much))).isEqualTo(413);
    }

    @Test
    void anotherTenantsEntitiesAreStrangers() {
        UUID mine = Authz.tenant();
        UUID other = Authz.tenant();
        Authz.user(other, "rival", "{\"roles\":[\"viewer\"]}").then().statusCode(201);
        for (String smuggled :
                List.of("", ",\"tenant_id\":\"" + other + "\"", ",\"context\":{\"tenant_id\":\"" + other + "\"}")) {
            Authz.in(mine, "ada")
                    .body(about("rival", smuggled))
                    .post(EVALUATION)
                    .then()
                    .statusCode(200)
                    .body("decision", equalTo(false));
            Authz.in(mine, "ada")
                    .body(about("x", smuggled))
                    .post(SEARCH + "subject")
                    .then()
                    .statusCode(200)
                    .body("results.id", not(hasItem("rival")));
        }
        Authz.in(mine, "ada")
                .header("Ashlar-On-Behalf-Of", other + "/rival")
                .body(about("rival", ""))
                .post(EVALUATION)
                .then()
                .statusCode(403);
        // What a request says of entities that authz keeps is not believed: not roles, not parents.
        Authz.in(mine, "ada")
                .body(about("rival", "").replace("\"rival\"", """
                        "rival","properties":{"roles":["admin"]},"parents":[{"type":"Role","id":"admin"}]
                        """))
                .post(EVALUATION)
                .then()
                .statusCode(200)
                .body("decision", equalTo(false));
    }

    @Test
    void aHierarchyHasNoCircles() {
        UUID tenant = Authz.tenant();
        for (String group : List.of("a", "b")) {
            Authz.in(tenant, "ada")
                    .body("{}")
                    .put("/api/v1/groups/" + group)
                    .then()
                    .statusCode(201);
        }
        Authz.in(tenant, "ada")
                .body("{\"parents\":[\"b\"]}")
                .put("/api/v1/groups/a")
                .then()
                .statusCode(200);
        for (String circle : List.of("a", "b")) {
            Authz.in(tenant, "ada")
                    .body("{\"parents\":[\"" + circle + "\"]}")
                    .put("/api/v1/groups/b")
                    .then()
                    .statusCode(422)
                    .body("errors.code", contains("cycle"));
        }
        // An entity of a type that is nobody's is both subject and resource: said twice, and no circle.
        Authz.policy(tenant, "self", "permit(principal is robot, action, resource) when { principal == resource };")
                .then()
                .statusCode(201);
        Authz.in(tenant, "ada")
                .body("""
                        {"subject":{"type":"robot","id":"r","properties":{"a":1,"me":{"__entity":{"type":"robot","id":"r"}}}},
                         "action":{"name":"read"},"resource":{"type":"robot","id":"r","properties":{"a":2}}}
                        """)
                .post(EVALUATION)
                .then()
                .statusCode(200)
                .body("decision", equalTo(true));
        assertThat(Authz.anaMay(tenant, "dataset.query")).isTrue();
    }

    @Test
    void aBatchDoesNotWidenWhomOneMayAskAbout() {
        UUID tenant = Authz.tenant();
        Authz.in(tenant, "ana")
                .body("""
                        {"action":{"name":"dataset.query"},"resource":{"type":"Dataset","id":"flights"},
                         "evaluations":[{"subject":{"type":"User","id":"%s"}},{"subject":{"type":"User","id":"%s"}}]}
                        """.formatted(Authz.ANA, Authz.ADA))
                .post(EVALUATIONS)
                .then()
                .statusCode(200)
                .body("evaluations.decision", contains(true, false))
                .body("evaluations[1].context.error.code", equalTo("forbidden"));
    }
}
