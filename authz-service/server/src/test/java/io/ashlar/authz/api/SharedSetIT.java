package io.ashlar.authz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class SharedSetIT {

    private static String path(String id) {
        return "/api/v1/platform/policy-sets/" + id;
    }

    private static String set(String action, boolean mandatory) {
        return "{\"mandatory\":" + mandatory + ",\"policies\":{\"no\":\"forbid(principal, action == Action::\\\""
                + action + "\\\", resource);\"}}";
    }

    private static Response choose(UUID tenant, String id, boolean applies) {
        return Authz.in(tenant, "ada").body("{\"applies\":" + applies + "}").put("/api/v1/shared-policy-sets/" + id);
    }

    private static void awaitAna(UUID tenant, String action, boolean may) {
        await().atMost(Duration.ofSeconds(5)).until(() -> Authz.anaMay(tenant, action) == may);
    }

    /** Out of force, so that other tests' tenants are not bothered. */
    private static void retire(String id) {
        Authz.olga().body("{\"policies\":{}}").put(path(id)).then().statusCode(200);
    }

    @Test
    void holdsForEveryTenantButThoseThatGoWithout() {
        UUID before = Authz.tenant();
        UUID without = Authz.tenant();
        String id = "guard-" + UUID.randomUUID();
        String action = "trial." + UUID.randomUUID();
        for (UUID tenant : new UUID[] {before, without}) {
            Authz.policy(tenant, "all", "permit(principal, action, resource);")
                    .then()
                    .statusCode(201);
            assertThat(Authz.anaMay(tenant, action)).isTrue();
        }
        Authz.olga()
                .body(set(action, false))
                .put(path(id))
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("version", equalTo(1));
        awaitAna(before, action, false);
        awaitAna(without, action, false);
        Authz.in(before, "ada")
                .get("/api/v1/policy-versions/3")
                .then()
                .statusCode(200)
                .body("version.kind", equalTo("shared"))
                .body("version.source", equalTo(id))
                .body("version.published_by", equalTo("platform"));

        choose(without, id, false).then().statusCode(200).body("applies", equalTo(false));
        assertThat(Authz.anaMay(without, action)).isTrue();
        UUID after = Authz.tenant();
        Authz.policy(after, "all", "permit(principal, action, resource);")
                .then()
                .statusCode(201);
        assertThat(Authz.anaMay(after, action)).as("a tenant that came later").isFalse();

        Authz.olga()
                .header("If-Match", "\"7\"")
                .body(set(action + ".other", false))
                .put(path(id))
                .then()
                .statusCode(412);
        Authz.olga()
                .header("If-Match", "\"1\"")
                .body(set(action + ".other", false))
                .put(path(id))
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
        awaitAna(before, action, true);
        awaitAna(before, action + ".other", false);
        assertThat(Authz.anaMay(without, action + ".other")).as("still without").isTrue();
        choose(without, id, true).then().statusCode(200).body("version", equalTo(2));
        assertThat(Authz.anaMay(without, action + ".other")).isFalse();
        Authz.olga().get(path(id) + "?version=1").then().statusCode(200).body("version", equalTo(1));
        retire(id);
        awaitAna(before, action + ".other", true);
    }

    @Test
    void aMandatorySetHoldsForAll() {
        UUID tenant = Authz.tenant();
        String id = "must-" + UUID.randomUUID();
        String action = "trial." + UUID.randomUUID();
        Authz.policy(tenant, "all", "permit(principal, action, resource);")
                .then()
                .statusCode(201);
        Authz.olga().body(set(action, false)).put(path(id)).then().statusCode(201);
        choose(tenant, id, false).then().statusCode(200);
        assertThat(Authz.anaMay(tenant, action)).isTrue();
        Authz.olga().body(set(action, true)).put(path(id)).then().statusCode(200);
        awaitAna(tenant, action, false);
        choose(tenant, id, false).then().statusCode(409).body("code", equalTo("shared_set_mandatory"));
        Authz.in(tenant, "ada")
                .get("/api/v1/shared-policy-sets?limit=500")
                .then()
                .statusCode(200)
                .body("items.find { it.id == '" + id + "' }.mandatory", equalTo(true))
                .body("items.find { it.id == '" + id + "' }.applies", equalTo(true));
        retire(id);
    }

    @Test
    void goingBackLeavesThePlatformsSetsAsTheyAre() {
        UUID tenant = Authz.tenant();
        String id = "stays-" + UUID.randomUUID();
        String action = "trial." + UUID.randomUUID();
        Authz.policy(tenant, "all", "permit(principal, action, resource);")
                .then()
                .statusCode(201);
        Authz.olga().body(set(action, false)).put(path(id)).then().statusCode(201);
        awaitAna(tenant, action, false);
        Drafts.rollback(tenant, "ada", 2).then().statusCode(200);
        assertThat(Authz.anaMay(tenant, action)).isFalse();
        assertThat(Authz.anaMay(tenant, "anything")).isTrue();
        retire(id);
    }

    @Test
    void isForOperatorsAndNamesEverythingThatIsWrong() {
        UUID tenant = Authz.tenant();
        Authz.in(tenant, "ada").body(set("x", false)).put(path("x")).then().statusCode(403);
        Authz.in(tenant, "ana").get("/api/v1/shared-policy-sets").then().statusCode(403);
        choose(tenant, "none", false).then().statusCode(404);
        Authz.olga().get(path("none")).then().statusCode(404);
        Authz.olga()
                .body("{\"policies\":{\"a\":null,\"-b\":\"permit\"},\"mandatory\":1,\"tests\":7,\"polices\":1}")
                .put(path("-x"))
                .then()
                .statusCode(400)
                .body(
                        "errors.pointer",
                        hasItems("/id", "/policies/a", "/policies/-b", "/mandatory", "/tests", "/polices"));
        Authz.olga().body("{}").put(path("x")).then().statusCode(400).body("errors.pointer", contains("/policies"));
        Authz.olga()
                .body("{\"policies\":{\"a\":\"permit(principal action);\",\"b\":\"forbid\"}}")
                .put(path("x"))
                .then()
                .statusCode(422)
                .body("code", equalTo("policy_invalid"))
                .body("errors.pointer", hasItems("/policies/a", "/policies/b"));
        Authz.olga()
                .body("{\"policies\":{\"a\":\"forbid(principal, action, resource);\"},\"tests\":\"cases:\\n- {name: x,"
                        + " principal: {type: User, id: a}, action: r, resource: {type: T, id: b}, decision: allow}\"}")
                .put(path("x"))
                .then()
                .statusCode(422)
                .body("code", equalTo("policy_tests_failed"));
        Authz.in(tenant, "ada")
                .body("{\"applies\":1}")
                .put("/api/v1/shared-policy-sets/x")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/applies"));
    }
}
