package io.ashlar.authz.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class TenantIT {

    private static String body(String name, String admin) {
        return "{\"name\":\"" + name + "\",\"first_admin\":\"" + admin + "\"}";
    }

    @Test
    void createsOnceWithAnAdministratorWhoMayWrite() {
        UUID tenant = UUID.randomUUID();
        Authz.olga()
                .body(body("Acme", Authz.ADA))
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("revision", equalTo(1))
                .body("policy_version", equalTo(1));
        Authz.olga()
                .body(body("Acme", Authz.ADA))
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("revision", equalTo(1));
        Authz.olga()
                .header("If-Match", "\"7\"")
                .body(body("Other", Authz.ADA))
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition_failed"));
        Authz.olga()
                .header("If-Match", "\"1\"")
                .body(body("Other", Authz.ADA))
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("name", equalTo("Other"));
        Authz.olga()
                .body(body("Other", Authz.ANA))
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(409)
                .body("code", equalTo("first_admin_fixed"));
        Authz.user(tenant, Authz.ANA, "{\"roles\":[\"viewer\"]}").then().statusCode(201);
        Authz.olga().get("/api/v1/tenants/" + tenant).then().statusCode(200).body("revision", equalTo(2));
    }

    @Test
    void repeatingDoesNotGiveBackWhatWasTakenAway() {
        UUID tenant = Authz.tenant();
        Authz.user(tenant, Authz.ANA, "{\"roles\":[\"admin\"]}").then().statusCode(200);
        Authz.in(tenant, "ana").delete("/api/v1/users/" + Authz.ADA).then().statusCode(204);
        Authz.olga()
                .body(body("Test", Authz.ADA))
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(200);
        Authz.user(tenant, "x", "{}").then().statusCode(403).body("code", equalTo("forbidden"));
    }

    @Test
    void isForOperatorsOnly() {
        UUID tenant = UUID.randomUUID();
        Authz.in(tenant, "ada")
                .body(body("Acme", Authz.ADA))
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        given().contentType(ContentType.JSON)
                .body(body("Acme", Authz.ADA))
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(401)
                .body("code", equalTo("unauthenticated"));
        Authz.as(Authz.tokens().forged("olga"))
                .body(body("Acme", Authz.ADA))
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(401);
        Authz.as(Authz.tokens().expired("olga"))
                .body(body("Acme", Authz.ADA))
                .put("/api/v1/tenants/" + tenant)
                .then()
                .statusCode(401);
        Authz.olga().get("/api/v1/tenants/" + tenant).then().statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void namesEverythingThatIsWrong() {
        Authz.olga()
                .body("{\"name\":7,\"frist_admin\":\"x\"}")
                .put("/api/v1/tenants/not-a-uuid")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("errors.pointer", hasItems("/id", "/name", "/first_admin", "/frist_admin"));
        Authz.olga()
                .body("{\"name\":")
                .put("/api/v1/tenants/" + UUID.randomUUID())
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"));
        Authz.olga()
                .body("[]")
                .put("/api/v1/tenants/" + UUID.randomUUID())
                .then()
                .statusCode(400);
        Authz.olga()
                .body("{\"name\":\"" + "x".repeat(2_000_000) + "\"}")
                .put("/api/v1/tenants/" + UUID.randomUUID())
                .then()
                .statusCode(413)
                .body("code", equalTo("body_too_large"));
        Authz.olga()
                .contentType("text/plain")
                .body("x")
                .put("/api/v1/tenants/" + UUID.randomUUID())
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported_media_type"));
    }
}
