package io.ashlar.authz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

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
class DraftIT {

    private static boolean anaReads(UUID tenant, String origin) {
        return Authz.in(tenant, "ana")
                .body("""
                        {"subject":{"type":"User","id":"%s"},"action":{"name":"read"},
                         "resource":{"type":"Flight","id":"1","properties":{"origin":"%s"}}}
                        """.formatted(Authz.ANA, origin))
                .post("/access/v1/evaluation")
                .then()
                .statusCode(200)
                .extract()
                .path("decision");
    }

    @Test
    void goesFromDraftThroughItsTestsIntoForceAndBack() {
        UUID tenant = Authz.tenant();
        assertThat(anaReads(tenant, "LAX")).isTrue();
        Drafts.put(tenant, "ada", "home", Drafts.homeFlights())
                .then()
                .statusCode(201)
                .body("base_version", equalTo(1))
                .body("policies.default-viewer", equalTo(null))
                .body("changed_by", equalTo(Authz.ADA));
        assertThat(anaReads(tenant, "LAX")).as("a draft decides nothing").isTrue();
        Drafts.step(tenant, "ada", "home", "validate")
                .then()
                .statusCode(200)
                .body("validated", equalTo("schema"))
                .body("warnings", empty());
        Drafts.step(tenant, "ada", "home", "test")
                .then()
                .statusCode(200)
                .body("passed", equalTo(2))
                .body("failed", equalTo(0))
                .body("cases[0].determining", contains("home-flights"));
        Authz.in(tenant, "ada")
                .get("/api/v1/policy-drafts/home/diff")
                .then()
                .statusCode(200)
                .body("items.id", contains("default-viewer", "home-flights"))
                .body("items.change", contains("removed", "added"))
                .body("documents.id", contains("schema", "tests"));
        Drafts.step(tenant, "ada", "home", "publish").then().statusCode(200).body("version", equalTo(2));
        assertThat(anaReads(tenant, "LAX")).isFalse();
        assertThat(anaReads(tenant, "SFO")).isTrue();
        Authz.in(tenant, "ada").get("/api/v1/policy-drafts/home").then().statusCode(404);

        Drafts.rollback(tenant, "ada", 1)
                .then()
                .statusCode(200)
                .body("version", equalTo(3))
                .body("kind", equalTo("rollback"))
                .body("source", equalTo("1"))
                .body("reason", equalTo("back"));
        assertThat(anaReads(tenant, "LAX")).isTrue();
        assertThat(Drafts.ids(tenant, 3)).isEqualTo(Drafts.ids(tenant, 1)).isNotEqualTo(Drafts.ids(tenant, 2));
        Drafts.rollback(tenant, "ada", 1).then().statusCode(200).body("version", equalTo(3));
    }

    @Test
    void showsVersionsAndWhatIsBetweenThem() {
        UUID tenant = Authz.tenant();
        Drafts.put(tenant, "ada", "home", Drafts.homeFlights()).then().statusCode(201);
        Drafts.step(tenant, "ada", "home", "publish").then().statusCode(200);
        Authz.policy(
                        tenant,
                        "default-editor",
                        "permit(principal in Role::\"editor\", action == Action::\"unmask\", resource);")
                .then()
                .statusCode(200);
        Authz.in(tenant, "ada")
                .get("/api/v1/policy-versions")
                .then()
                .statusCode(200)
                .body("items.version", contains(3, 2, 1))
                .body("items.kind", contains("edit", "publish", "created"))
                .body("items[1].drafted_by", equalTo(Authz.ADA))
                .body("items[1].source", equalTo("home"))
                .body("items[1].reason", equalTo("own airports"));
        String cursor = Authz.in(tenant, "ada")
                .get("/api/v1/policy-versions?limit=2")
                .then()
                .statusCode(200)
                .body("items.version", contains(3, 2))
                .extract()
                .path("next_cursor");
        Authz.in(tenant, "ada")
                .queryParam("cursor", cursor)
                .get("/api/v1/policy-versions")
                .then()
                .statusCode(200)
                .body("items.version", contains(1))
                .body("next_cursor", equalTo(null));
        Authz.in(tenant, "ada")
                .get("/api/v1/policy-versions/2")
                .then()
                .statusCode(200)
                .body("policies", equalTo(5))
                .body("tests", equalTo(Drafts.TESTS));
        Authz.in(tenant, "ada")
                .get("/api/v1/policy-versions/3/diff?from=1&limit=2")
                .then()
                .statusCode(200)
                .body("items.id", contains("default-editor", "default-viewer"))
                .body("items.change", contains("changed", "removed"))
                .body("items[0].before", containsString("dataset.declare"))
                .body("items[0].after", containsString("unmask"))
                .body("documents", hasSize(2))
                .body("next_cursor", not(equalTo(null)));
        for (String path : new String[] {"4", "0", "x", "4/policies", "3/diff?from=9"}) {
            Authz.in(tenant, "ada")
                    .get("/api/v1/policy-versions/" + path)
                    .then()
                    .statusCode(404);
        }
        Drafts.rollback(tenant, "ada", 9).then().statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void publishesNothingThatFailsItsTestsOrItsSchema() {
        UUID tenant = Authz.tenant();
        String wrong = Drafts.homeFlights().replace("decision: deny", "decision: allow");
        Drafts.put(tenant, "ada", "home", wrong).then().statusCode(201);
        Drafts.step(tenant, "ada", "home", "test")
                .then()
                .statusCode(200)
                .body("failed", equalTo(1))
                .body("cases[1].passed", equalTo(false));
        Drafts.step(tenant, "ada", "home", "publish")
                .then()
                .statusCode(422)
                .body("code", equalTo("policy_tests_failed"))
                .body("errors.pointer", contains("/tests/cases/1"));
        String typo = Drafts.homeFlights().replace("resource.origin", "resource.orgin");
        Drafts.put(tenant, "ada", "home", typo).then().statusCode(200);
        for (String step : new String[] {"validate", "test", "publish"}) {
            Drafts.step(tenant, "ada", "home", step)
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("policy_invalid"))
                    .body("errors.pointer", hasItem("/policies/home-flights"));
        }
        Authz.in(tenant, "ada").get("/api/v1/policy-versions").then().body("items.version", contains(1));
        Authz.in(tenant, "ada")
                .get("/api/v1/policy-drafts")
                .then()
                .statusCode(200)
                .body("items.id", contains("home"));
    }

    @Test
    void aLiveEditPassesTheSetsTestsToo() {
        UUID tenant = Authz.tenant();
        Drafts.put(tenant, "ada", "home", Drafts.homeFlights()).then().statusCode(201);
        Drafts.step(tenant, "ada", "home", "publish").then().statusCode(200);
        Authz.policy(tenant, "too-much", "permit(principal, action, resource);")
                .then()
                .statusCode(422)
                .body("code", equalTo("policy_tests_failed"));
        Authz.policy(tenant, "misspelt", "permit(principal, action == Action::\"raed\", resource);")
                .then()
                .statusCode(422)
                .body("code", equalTo("policy_invalid"));
        Authz.in(tenant, "ada").delete("/api/v1/policies/home-flights").then().statusCode(422);
        Authz.in(tenant, "ada").delete("/api/v1/policies/default-editor").then().statusCode(204);
    }

    @Test
    void losesNoEdit() {
        UUID tenant = Authz.tenant();
        String first = Drafts.put(tenant, "ada", "d", "{\"policies\":{\"x\":\"permit(principal, action, resource);\"}}")
                .then()
                .statusCode(201)
                .extract()
                .header("ETag");
        Authz.in(tenant, "ada")
                .header("If-Match", first)
                .body("{\"policies\":{\"x\":\"forbid(principal, action, resource);\"}}")
                .put("/api/v1/policy-drafts/d")
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(first)));
        Authz.in(tenant, "ada")
                .header("If-Match", first)
                .body("{}")
                .put("/api/v1/policy-drafts/d")
                .then()
                .statusCode(412);
        Authz.in(tenant, "ada")
                .header("If-Match", first)
                .body("{}")
                .post("/api/v1/policy-drafts/d/publish")
                .then()
                .statusCode(412);
        Authz.in(tenant, "ada")
                .header("If-Match", first)
                .delete("/api/v1/policy-drafts/d")
                .then()
                .statusCode(412);

        Authz.policy(tenant, "y", "permit(principal, action, resource);").then().statusCode(201);
        Drafts.step(tenant, "ada", "d", "publish")
                .then()
                .statusCode(409)
                .body("code", equalTo("draft_outdated"))
                .body("errors.pointer", contains("/policies/y"));
        Authz.in(tenant, "ada").delete("/api/v1/policy-drafts/d").then().statusCode(204);
        Authz.in(tenant, "ada").delete("/api/v1/policy-drafts/d").then().statusCode(404);
        Drafts.put(tenant, "ada", "d", "{\"policies\":{\"y\":\"permit(principal, action, resource);\"}}")
                .then()
                .statusCode(201)
                .header("ETag", not(equalTo(first)));
        Drafts.step(tenant, "ada", "d", "publish").then().statusCode(409).body("code", equalTo("conflict"));
    }

    @Test
    void asksForASecondPersonWhereTheTenantDoes() {
        UUID tenant = Authz.tenant();
        Authz.user(tenant, Authz.ANA, "{\"roles\":[\"publisher\"]}").then().statusCode(200);
        Authz.in(tenant, "ada")
                .get("/api/v1/policy-settings")
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("two_person", equalTo(false));
        Drafts.settings(tenant, true).then().statusCode(200).header("ETag", "\"1\"");
        Authz.in(tenant, "ana")
                .body("{\"two_person\":false}")
                .put("/api/v1/policy-settings")
                .then()
                .statusCode(403);
        Authz.policy(tenant, "x", "permit(principal, action, resource);")
                .then()
                .statusCode(409)
                .body("code", equalTo("review_required"));
        Drafts.put(tenant, "ana", "home", Drafts.homeFlights()).then().statusCode(201);
        Drafts.step(tenant, "ana", "home", "publish")
                .then()
                .statusCode(409)
                .body("code", equalTo("second_person_required"));
        Drafts.step(tenant, "ada", "home", "publish").then().statusCode(200);
        Authz.in(tenant, "ada")
                .get("/api/v1/policy-versions/2")
                .then()
                .body("version.drafted_by", equalTo(Authz.ANA))
                .body("version.published_by", equalTo(Authz.ADA));
        Drafts.rollback(tenant, "ana", 1).then().statusCode(200);
    }

    @Test
    void isForThoseWhoMay() {
        UUID tenant = Authz.tenant();
        Drafts.put(tenant, "ada", "d", "{}").then().statusCode(201);
        Authz.in(tenant, "ana").get("/api/v1/policy-drafts").then().statusCode(403);
        Drafts.put(tenant, "ana", "d", "{}").then().statusCode(403);
        Drafts.step(tenant, "ana", "d", "publish").then().statusCode(403);
        Drafts.rollback(tenant, "ana", 1).then().statusCode(403);
        Authz.user(tenant, Authz.ANA, "{\"roles\":[\"editor\"]}").then().statusCode(200);
        Drafts.put(tenant, "ana", "d", "{}").then().statusCode(200);
        Drafts.step(tenant, "ana", "d", "validate").then().statusCode(200).body("validated", equalTo("syntax"));
        Drafts.step(tenant, "ana", "d", "publish").then().statusCode(403);
        UUID other = Authz.tenant();
        Authz.in(other, "ada").get("/api/v1/policy-drafts/d").then().statusCode(404);
    }

    @Test
    void namesEverythingThatIsWrong() {
        UUID tenant = Authz.tenant();
        Drafts.put(tenant, "ada", "-d", """
                        {"base_version":"1","reason":7,"policies":{"-bad":"permit","good":7,"nul":"\\u0000","long":"%s"},
                         "schema":[],"tests":{},"polices":{}}
                        """.formatted("x".repeat((16 << 10) + 1)))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body(
                        "errors.pointer",
                        hasItems(
                                "/id",
                                "/base_version",
                                "/reason",
                                "/policies/-bad",
                                "/policies/good",
                                "/policies/nul",
                                "/policies/long",
                                "/schema",
                                "/tests",
                                "/polices"));
        Drafts.put(tenant, "ada", "d", "{\"base_version\":9}")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/base_version"));
        String deep =
                "permit(principal, action, resource) when { " + "(".repeat(5_000) + "true" + ")".repeat(5_000) + " };";
        Drafts.put(
                        tenant,
                        "ada",
                        "d",
                        "{\"policies\":{\"a\":\"permit(principal action);\",\"b\":\"" + deep
                                + "\",\"c\":\"permit(principal == ?principal, action, resource);\"},\"tests\":\"a: &x 1\\nb: *x\","
                                + "\"schema\":\"entity {\"}")
                .then()
                .statusCode(201);
        Drafts.step(tenant, "ada", "d", "validate")
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItems("/policies/a", "/policies/b", "/policies/c", "/tests", "/schema"))
                .body("errors.find { it.pointer == '/policies/a' }.detail", containsString("line 1, column"));
        Authz.in(tenant, "ada")
                .body("{\"two_person\":1,\"x\":1}")
                .put("/api/v1/policy-settings")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/two_person", "/x"));
        Authz.in(tenant, "ada")
                .body("{\"reason\":\"\",\"x\":1}")
                .post("/api/v1/policy-drafts/d/publish")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/reason", "/x"));
        Drafts.step(tenant, "ada", "none", "publish").then().statusCode(404);
    }

    @Test
    void keepsDraftsWithinTheQuota() {
        UUID tenant = Authz.tenant();
        for (int i = 0; i < 20; i++) {
            Drafts.put(tenant, "ada", "d" + i, "{}").then().statusCode(201);
        }
        Drafts.put(tenant, "ada", "one-more", "{}")
                .then()
                .statusCode(429)
                .body("code", equalTo("quota_exceeded"))
                .body("detail", containsString("drafts"));
    }
}
