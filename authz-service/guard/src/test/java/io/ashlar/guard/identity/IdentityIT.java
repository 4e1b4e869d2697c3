package io.ashlar.guard.identity;

import static io.ashlar.guard.app.Http.as;
import static io.ashlar.guard.app.Http.tokens;
import static io.ashlar.guard.app.Http.with;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.ashlar.guard.app.GuardStack;
import io.ashlar.local.TrialUser;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@GuardStack
class IdentityIT {

    private static final String OBO = "Ashlar-On-Behalf-Of";

    @Test
    void aUserHasSubjectAndTenantAndRunsOnAVirtualThread() {
        as("ana")
                .get("/trial/me")
                .then()
                .statusCode(200)
                .body("tenant", equalTo(TrialUser.TENANT_A))
                .body("subject", equalTo("00000000-0000-4000-8000-000000000001"))
                .body("amr", hasItem("pwd"))
                .body("acting_service", equalTo("null"))
                .body("virtual", equalTo(true));
    }

    @Test
    void withoutATokenNothingButTheOpenEndpointAnswers() {
        given().get("/trial/open").then().statusCode(200);
        problem(given().get("/trial/me"), 401, "unauthenticated");
        problem(given().get("/trial/datasets/ok"), 401, "unauthenticated");
        problem(given().get("/trial/admin"), 401, "unauthenticated");
    }

    @Test
    void expiredForgedAndForeignTokensAreRefused() {
        problem(with(tokens().expired("ana")).get("/trial/me"), 401, "unauthenticated");
        problem(with(tokens().forged("ana")).get("/trial/me"), 401, "unauthenticated");
        problem(with("nonsense").get("/trial/me"), 401, "unauthenticated");
        String elsewhere = tokens().changed("ana", Map.of("aud", "somebody-else"), Duration.ofMinutes(5));
        problem(with(elsewhere).get("/trial/me"), 401, "unauthenticated");
    }

    @Test
    void aTokenWithoutAUsableTenantHasNone() {
        problem(as("olga").get("/trial/tenant"), 403, "tenant_required");
        String odd = tokens().changed("ana", Map.of("tenant_id", "1-1-1-1-1"), Duration.ofMinutes(5));
        problem(with(odd).get("/trial/tenant"), 403, "tenant_required");
    }

    @Test
    void thePlatformRoleIsTheTokens() {
        as("olga").get("/trial/admin").then().statusCode(200);
        problem(as("ada").get("/trial/admin"), 403, "forbidden");
    }

    @Test
    void aServiceAccountActsForAUser() {
        with(tokens().service("ashlar-filter"))
                .header(OBO, TrialUser.TENANT_B + "/bob")
                .get("/trial/me")
                .then()
                .statusCode(200)
                .body("subject", equalTo("bob"))
                .body("tenant", equalTo(TrialUser.TENANT_B))
                .body("acting_service", not(equalTo("null")));
    }

    @Test
    void nobodyElseActsForAUser() {
        String header = TrialUser.TENANT_B + "/bob";
        problem(as("ana").header(OBO, header).get("/trial/me"), 403, "forbidden");
        problem(as("olga").header(OBO, header).get("/trial/me"), 403, "forbidden");
        problem(with(tokens().service("ashlar-router")).header(OBO, header).get("/trial/me"), 403, "forbidden");
    }

    @Test
    void aMalformedHeaderIsNamed() {
        problem(with(tokens().service("ashlar-filter")).header(OBO, "bob").get("/trial/me"), 400, "invalid_request")
                .then()
                .body("errors[0].code", equalTo("invalid_on_behalf_of"))
                .body("errors[0].pointer", equalTo("header:Ashlar-On-Behalf-Of"));
        problem(
                with(tokens().service("ashlar-filter"))
                        .header(OBO, TrialUser.TENANT_A + "/bob")
                        .header(OBO, TrialUser.TENANT_B + "/bob")
                        .get("/trial/me"),
                400,
                "invalid_request");
    }

    private static Response problem(Response response, int status, String code) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("type", equalTo("urn:ashlar:problem:" + code))
                .body("request_id", equalTo(response.getHeader("X-Request-ID")));
        return response;
    }
}
