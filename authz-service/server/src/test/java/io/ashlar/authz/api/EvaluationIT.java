package io.ashlar.authz.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class EvaluationIT {

    private static final String PATH = "/access/v1/evaluation";

    @Test
    void decidesByTheDefaultPolicies() {
        UUID tenant = Authz.tenant();
        Authz.in(tenant, "ana")
                .header("X-Request-ID", "req-1")
                .body(Authz.question(Authz.ANA, "dataset.query", "Dataset", "flights"))
                .post(PATH)
                .then()
                .statusCode(200)
                .header("X-Request-ID", "req-1")
                .body("decision", equalTo(true))
                .body("context.reason", hasItem("default-viewer"))
                .body("context.policy_version", equalTo(1))
                .body("context.revision", equalTo(2));
        assertThat(Authz.anaMay(tenant, "segment.write")).isTrue();
        assertThat(Authz.anaMay(tenant, "segment.manage")).isFalse();
        assertThat(Authz.anaMay(tenant, "telemetry.write")).isFalse();
        Authz.user(tenant, Authz.ANA, "{\"roles\":[\"editor\"]}").then().statusCode(200);
        assertThat(Authz.anaMay(tenant, "telemetry.write")).isTrue();
        assertThat(Authz.anaMay(tenant, "segment.manage")).isTrue();
        assertThat(Authz.anaMay(tenant, "dataset.reclassify")).isFalse();
        assertThat(Authz.anaMay(tenant, "dataset.query")).isTrue();
        assertThat(Authz.anaMay(tenant, "policy.write")).isFalse();
    }

    @Test
    void rolesCanComeThroughGroups() {
        UUID tenant = Authz.tenant();
        Authz.in(tenant, "ada")
                .body("{\"roles\":[\"editor\"]}")
                .put("/api/v1/groups/all")
                .then()
                .statusCode(201);
        Authz.in(tenant, "ada")
                .body("{\"parents\":[\"all\"]}")
                .put("/api/v1/groups/west")
                .then()
                .statusCode(201);
        Authz.user(tenant, Authz.ANA, "{\"groups\":[\"west\"]}").then().statusCode(200);
        assertThat(Authz.anaMay(tenant, "telemetry.write")).isTrue();
        Authz.in(tenant, "ada").delete("/api/v1/groups/all").then().statusCode(204);
        assertThat(Authz.anaMay(tenant, "telemetry.write")).isFalse();
    }

    @Test
    void anErrorInsideAForbidDenies() {
        UUID tenant = Authz.tenant();
        Authz.policy(
                        tenant,
                        "blind",
                        "forbid(principal, action == Action::\"dataset.query\", resource) when { resource.gone };")
                .then()
                .statusCode(201);
        Authz.in(tenant, "ana")
                .body(Authz.question(Authz.ANA, "dataset.query", "Dataset", "x"))
                .post(PATH)
                .then()
                .statusCode(200)
                .body("decision", equalTo(false))
                .body("context.errors.size()", equalTo(1));
    }

    @Test
    void isStrictAboutTypesAndIgnoresWhatItDoesNotKnow() {
        UUID tenant = Authz.tenant();
        String good = Authz.question(Authz.ANA, "dataset.query", "Dataset", "x");
        Authz.in(tenant, "ana")
                .contentType("text/plain")
                .body(good)
                .post(PATH)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
        Authz.in(tenant, "ana")
                .body(good.replace("\"dataset.query\"", "7"))
                .post(PATH)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/action/name"));
        Authz.in(tenant, "ana")
                .body("{\"subject\":{\"type\":7},\"resource\":\"x\",\"context\":[]}")
                .post(PATH)
                .then()
                .statusCode(400)
                .body(
                        "errors.pointer",
                        hasItems("/subject/type", "/subject/id", "/action/name", "/resource", "/context"));
        Authz.in(tenant, "ana")
                .body(good.replaceFirst("\\{", "{\"unknown\":[1],"))
                .post(PATH)
                .then()
                .statusCode(200)
                .body("decision", equalTo(true));
        Authz.in(tenant, "ana")
                .body("{\"subject\"")
                .post(PATH)
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"));
        Authz.in(tenant, "ana")
                .body("{\"subject\":{},\"subject\":{}}")
                .post(PATH)
                .then()
                .statusCode(400);
        Authz.in(tenant, "ana")
                .body(good.replace("\"User\"", "\"Role\""))
                .post(PATH)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/subject/type"));
        Authz.in(tenant, "ana")
                .body("{\"context\":{\"x\":\"" + "y".repeat(300_000) + "\"}}")
                .post(PATH)
                .then()
                .statusCode(413);
    }

    @Test
    void aTenantIsTheTokensAndNobodyElses() {
        UUID tenant = Authz.tenant();
        UUID other = Authz.tenant();
        Authz.in(tenant, "ana")
                .body(Authz.question(Authz.ADA, "dataset.query", "Dataset", "x"))
                .post(PATH)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        Authz.in(tenant, "ada")
                .body(Authz.question(Authz.ANA, "dataset.query", "Dataset", "x"))
                .post(PATH)
                .then()
                .statusCode(200)
                .body("decision", equalTo(true));
        Authz.user(other, Authz.ANA, "{\"roles\":[]}").then().statusCode(200);
        assertThat(Authz.anaMay(other, "dataset.query")).isFalse();
        assertThat(Authz.anaMay(UUID.randomUUID(), "dataset.query"))
                .as("a tenant nobody created")
                .isFalse();
        Authz.olga()
                .body(Authz.question(Authz.ANA, "dataset.query", "Dataset", "x"))
                .post(PATH)
                .then()
                .statusCode(403);
    }

    @Test
    void servicesAskForUsersIfTheyMay() {
        UUID tenant = Authz.tenant();
        String question = Authz.question(Authz.ANA, "dataset.query", "Dataset", "x");
        Authz.service("ashlar-filter", tenant, Authz.ANA)
                .body(question)
                .post(PATH)
                .then()
                .statusCode(200)
                .body("decision", equalTo(true));
        Authz.service("ashlar-router", tenant, Authz.ANA)
                .body(question)
                .post(PATH)
                .then()
                .statusCode(403);
        Authz.in(tenant, "ana")
                .header("Ashlar-On-Behalf-Of", tenant + "/" + Authz.ADA)
                .body(question)
                .post(PATH)
                .then()
                .statusCode(403);
        Authz.as(Authz.tokens().service("ashlar-filter"))
                .header("Ashlar-On-Behalf-Of", "nonsense")
                .body(question)
                .post(PATH)
                .then()
                .statusCode(400);
    }

    @Test
    void saysWhereItsEndpointsAre() {
        given().get("/.well-known/authzen-configuration")
                .then()
                .statusCode(200)
                .body("access_evaluation_endpoint", endsWith(PATH));
    }
}
