package io.ashlar.authz.api;

import static io.ashlar.authz.api.Certified.EVALUATION;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a default policy asks a second factor for, and how whoever lacks one is told. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class MfaIT {

    private static final String POLICY = "{\"cedar\":\"permit(principal, action == Action::\\\"x\\\", resource);\"}";

    private UUID tenant;

    @BeforeEach
    void setUp() {
        tenant = Authz.tenant();
    }

    /** A user who signed in so; null: the token does not say. */
    private RequestSpecification signedIn(String user, List<String> amr) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("tenant_id", tenant.toString());
        claims.put("amr", amr);
        return Authz.as(Authz.tokens().changed(user, claims, Duration.ofMinutes(5)));
    }

    private ValidatableResponse writes(RequestSpecification caller) {
        return caller.body(POLICY).put("/api/v1/policies/p").then();
    }

    @Test
    void aPolicyIsPutInForceWithASecondFactorOnly() {
        writes(signedIn("ada", List.of("pwd", "mfa"))).statusCode(201);
        writes(signedIn("ada", List.of("hwk", "pin"))).statusCode(200);
        for (List<String> weak : List.of(List.of("pwd"), List.<String>of(), List.of("otp", "MFA", "mfa "))) {
            writes(signedIn("ada", weak))
                    .statusCode(403)
                    .body("code", equalTo("mfa_required"))
                    .body("errors.code", contains("mfa_required"))
                    .body("errors[0].allowed", contains("hwk", "mfa"));
        }
        writes(signedIn("ada", null)).statusCode(403).body("code", equalTo("mfa_required"));
        signedIn("ada", List.of("pwd")).get("/api/v1/policies/p").then().statusCode(200);
        // A service account did not sign in with two factors, for whomever it acts.
        writes(Authz.service("ashlar-filter", tenant, Authz.ADA))
                .statusCode(403)
                .body("code", equalTo("mfa_required"));
    }

    /** Whom it would not help is not sent to sign in again. */
    @Test
    void whoMayNotAnywayHearsSo() {
        writes(signedIn("ana", List.of("pwd"))).statusCode(403).body("code", equalTo("forbidden"));
        writes(signedIn("ana", List.of("pwd", "mfa"))).statusCode(403).body("code", equalTo("forbidden"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy.write", "policy.publish", "policy.approve", "policy.rollback", "policy.configure"})
    void whoeverAsksForAUserIsToldToo(String action) {
        String question = """
                {"subject":{"type":"User","id":"%s"},"action":{"name":"%s"},
                 "resource":{"type":"Tenant","id":"%s"},"context":%s}
                """;
        for (String caller : List.of("ashlar-filter", "ashlar-export")) {
            ask(caller, question.formatted(Authz.ADA, action, tenant, "{\"amr\":[\"pwd\",\"mfa\"]}"))
                    .body("decision", equalTo(true));
            ask(caller, question.formatted(Authz.ADA, action, tenant, "{\"amr\":[\"pwd\"]}"))
                    .body("decision", equalTo(false))
                    .body("context.reason", contains("default-mfa"))
                    .body("context.amr_values", equalTo("hwk mfa"));
            ask(caller, question.formatted(Authz.ADA, action, tenant, "{}"))
                    .body("decision", equalTo(false))
                    .body("context.amr_values", nullValue());
            ask(caller, question.formatted(Authz.ANA, action, tenant, "{\"amr\":[\"pwd\"]}"))
                    .body("decision", equalTo(false))
                    .body("context.amr_values", nullValue());
        }
    }

    private ValidatableResponse ask(String service, String question) {
        return Authz.service(service, tenant, Authz.ADA)
                .body(question)
                .post(EVALUATION)
                .then()
                .statusCode(200);
    }

    /** It is an ordinary policy: a tenant may ask for something else, or for nothing. */
    @Test
    void aTenantMayReplaceIt() {
        Authz.policy(
                        tenant,
                        "default-mfa",
                        "forbid(principal, action == Action::\"policy.write\", resource)"
                                + " unless { context has amr && context.amr.contains(\"sc\") };")
                .then()
                .statusCode(200);
        writes(signedIn("ada", List.of("pwd", "mfa"))).statusCode(403).body("code", equalTo("forbidden"));
        writes(signedIn("ada", List.of("sc"))).statusCode(201);
        signedIn("ada", List.of("sc"))
                .delete("/api/v1/policies/default-mfa")
                .then()
                .statusCode(204);
        writes(signedIn("ada", List.of("pwd"))).statusCode(200);
    }
}
