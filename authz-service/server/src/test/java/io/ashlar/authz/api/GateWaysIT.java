package io.ashlar.authz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every way in which a tenant's standing policies change leads through the gate, where the tenant has one. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class GateWaysIT {

    private static String forbids(String... actions) {
        StringBuilder policies = new StringBuilder();
        for (String action : actions) {
            policies.append(policies.isEmpty() ? "" : ",")
                    .append("""
                    "no-%1$s":"forbid(principal, action == Action::\\"%1$s\\", resource);"
                    """.formatted(action).strip());
        }
        return "{\"policies\":{" + policies + "}}";
    }

    private static ValidatableResponse platform(String id, String body) {
        return Authz.olga().body(body).put("/api/v1/platform/policy-sets/" + id).then();
    }

    private static Response choose(UUID tenant, String id, boolean applies) {
        return Authz.in(tenant, "ada").body("{\"applies\":" + applies + "}").put("/api/v1/shared-policy-sets/" + id);
    }

    private static ValidatableResponse held(UUID tenant, String id) {
        return Authz.in(tenant, "ada")
                .get("/api/v1/shared-policy-sets/" + id)
                .then()
                .statusCode(200);
    }

    private static UUID gated() {
        UUID tenant = Authz.tenant();
        Impacts.settings(tenant, Impacts.REQUIRED).then().statusCode(200);
        return tenant;
    }

    @Test
    void goingBackToWhatGivesMoreIsADraftWithItsImpact() {
        UUID tenant = Impacts.late();
        Drafts.rollback(tenant, "ada", 1)
                .then()
                .statusCode(409)
                .body("code", equalTo("impact_required"))
                .body("detail", containsString("{\"rollback_to\":1}"));
        Drafts.put(tenant, "ada", "back", "{\"rollback_to\":1,\"reason\":\"back\"}")
                .then()
                .statusCode(201)
                .body("base_version", equalTo(2))
                .body("policies", aMapWithSize(2))
                .body("policies.default-viewer", containsString("viewer"))
                .body("policies.home-flights", nullValue())
                .body("$", hasKey("tests"))
                .body("tests", nullValue());
        Drafts.step(tenant, "ada", "back", "publish").then().statusCode(409).body("code", equalTo("impact_required"));
        Impacts.attach(
                        tenant,
                        "ada",
                        "back",
                        Impacts.result(tenant, Impacts.subject(tenant, "back", Authz.ANA, 18_211, 0)))
                .then()
                .statusCode(201)
                .body("narrows", equalTo(false))
                .body("missing.count", equalTo(0));
        Drafts.step(tenant, "ada", "back", "publish")
                .then()
                .statusCode(409)
                .body("code", equalTo("gains_not_approved"));
        Impacts.approve(tenant, "ada", "back", Impacts.evidence(tenant, "back"))
                .then()
                .statusCode(200);
        int version = Drafts.step(tenant, "ada", "back", "publish")
                .then()
                .statusCode(200)
                .extract()
                .path("version");
        assertThat(Drafts.ids(tenant, version)).isEqualTo(Drafts.ids(tenant, 1));
    }

    /** In an emergency nobody may have to wait for evidence that what is taken away is taken away. */
    @Test
    void whatOnlyTakesAwayNeedsNoEvidence() {
        UUID tenant = Authz.tenant();
        Authz.policy(tenant, "extra", "permit(principal, action == Action::\"look\", resource);")
                .then()
                .statusCode(201);
        Impacts.settings(tenant, Impacts.REQUIRED).then().statusCode(200);
        assertThat(Authz.anaMay(tenant, "look")).isTrue();
        Drafts.rollback(tenant, "ada", 1)
                .then()
                .statusCode(200)
                .body("kind", equalTo("rollback"))
                .body("impact.narrows", equalTo(true));
        assertThat(Authz.anaMay(tenant, "look")).isFalse();

        Drafts.put(tenant, "ada", "stop", forbids("dataset.query")).then().statusCode(201);
        Impacts.standing(tenant, "stop").then().statusCode(200).body("narrows", equalTo(true));
        Drafts.step(tenant, "ada", "stop", "publish").then().statusCode(200);
        assertThat(Authz.anaMay(tenant, "dataset.query")).isFalse();
        Drafts.rollback(tenant, "ada", 3).then().statusCode(409).body("code", equalTo("impact_required"));
        Drafts.put(tenant, "ada", "go", "{\"policies\":{\"no-dataset.query\":null}}")
                .then()
                .statusCode(201);
        Drafts.step(tenant, "ada", "go", "publish").then().statusCode(409).body("code", equalTo("impact_required"));
        assertThat(Authz.anaMay(tenant, "dataset.query")).isFalse();
    }

    @Test
    void aSharedSetIsLeftByADraftWithItsImpactAndByWhomMayChoose() {
        UUID tenant = gated();
        Authz.user(tenant, Authz.ANA, "{\"roles\":[\"publisher\"]}").then().statusCode(200);
        String id = "guard-" + UUID.randomUUID();
        platform(id, """
                {"policies":{"no":"forbid(principal, action == Action::\\"read\\", resource is Flight) when { resource has origin && resource.origin == \\"LAX\\" };"}}
                """).statusCode(201);
        held(tenant, id).body("applies", equalTo(true)).body("held_version", equalTo(1));
        choose(tenant, id, false)
                .then()
                .statusCode(409)
                .body("code", equalTo("impact_required"))
                .body("detail", containsString("{\"shared\":{\"" + id + "\":null}}"));

        Drafts.put(tenant, "ana", "leave", "{\"shared\":{\"" + id + "\":null}}")
                .then()
                .statusCode(201)
                .body("shared", hasKey(id));
        Authz.in(tenant, "ada")
                .get("/api/v1/policy-drafts/leave/diff")
                .then()
                .statusCode(200)
                .body("items.id", contains("shared:" + id + ":no"))
                .body("items.change", contains("removed"));
        Impacts.attach(
                        tenant,
                        "ada",
                        "leave",
                        Impacts.result(
                                tenant,
                                Impacts.subject(tenant, "leave", Authz.ANA, 12, 0),
                                Impacts.subject(tenant, "leave", Authz.ADA, 12, 0)))
                .then()
                .statusCode(201)
                .body("missing.count", equalTo(0))
                .body("gains.items.subject", hasItems(Authz.ANA, Authz.ADA));
        Impacts.approve(tenant, "ana", "leave", Impacts.evidence(tenant, "leave"))
                .then()
                .statusCode(200);
        Drafts.step(tenant, "ana", "leave", "publish")
                .then()
                .statusCode(403)
                .body("detail", containsString("policy.configure"));
        held(tenant, id).body("applies", equalTo(true));
        Drafts.step(tenant, "ada", "leave", "publish").then().statusCode(200);
        held(tenant, id).body("applies", equalTo(false)).body("held_version", nullValue());
        choose(tenant, id, true).then().statusCode(200).body("held_version", equalTo(1));
        platform(id, "{\"policies\":{}}").statusCode(200);
    }

    @Test
    void aDraftTakesTheNewestVersionOfASetThatIsThere() {
        UUID tenant = gated();
        String id = "newest-" + UUID.randomUUID();
        platform(id, forbids("a")).statusCode(201);
        Drafts.put(tenant, "ada", "d", "{\"shared\":{\"" + id + "\":7,\"none\":1}}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/shared/" + id, "/shared/none"));
        Drafts.put(tenant, "ada", "d", "{\"shared\":{\"" + id + "\":true},\"rollback_to\":\"1\"}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/shared/" + id, "/rollback_to"));
        Drafts.put(tenant, "ada", "d", "{\"shared\":[],\"rollback_to\":9}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/shared"));
        Drafts.put(tenant, "ada", "d", "{\"rollback_to\":9}")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/rollback_to"));
        choose(tenant, id, true).then().statusCode(200);
        Drafts.put(tenant, "ada", "d", "{\"shared\":{\"" + id + "\":null}}")
                .then()
                .statusCode(201);
        Drafts.put(tenant, "ada", "again", "{\"shared\":{\"" + id + "\":1}}")
                .then()
                .statusCode(201);
        Drafts.step(tenant, "ada", "again", "publish")
                .then()
                .statusCode(409)
                .body("detail", containsString("changes nothing"));
        platform(id, forbids("a", "b")).statusCode(200).body("version", equalTo(2));
        Drafts.step(tenant, "ada", "again", "publish")
                .then()
                .statusCode(409)
                .body("code", equalTo("draft_outdated"))
                .body("errors.pointer", contains("/shared/" + id));
        platform(id, forbids("a", "b").replaceFirst("\\{", "{\"mandatory\":true,"))
                .statusCode(200);
        Drafts.step(tenant, "ada", "d", "publish").then().statusCode(409).body("code", equalTo("shared_set_mandatory"));
        Drafts.put(tenant, "ada", "e", "{\"shared\":{\"" + id + "\":null}}")
                .then()
                .statusCode(409)
                .body("code", equalTo("shared_set_mandatory"));
        platform(id, "{\"policies\":{}}").statusCode(200);
    }

    /** What the platform publishes passes by those who ask for impacts, where somebody might gain by it. */
    @Test
    void aNewVersionOfASharedSetIsTakenWhereNobodyGains() {
        UUID tenant = gated();
        UUID open = Authz.tenant();
        String id = "moves-" + UUID.randomUUID();
        platform(id, forbids("a")).statusCode(201);
        held(tenant, id).body("held_version", equalTo(1));
        held(open, id).body("held_version", equalTo(1));
        platform(id, forbids("b")).statusCode(200);
        held(tenant, id).body("version", equalTo(2)).body("held_version", equalTo(1));
        held(open, id).body("held_version", equalTo(2));
        choose(tenant, id, true).then().statusCode(409).body("code", equalTo("impact_required"));
        platform(id, forbids("a", "b")).statusCode(200);
        held(tenant, id).body("held_version", equalTo(3));
        platform(id, "{\"policies\":{}}").statusCode(200);
        held(tenant, id).body("version", equalTo(4)).body("held_version", equalTo(3));
        held(open, id).body("held_version", equalTo(4));
        platform(id, "{\"policies\":{},\"mandatory\":true}").statusCode(200);
        held(tenant, id).body("held_version", equalTo(5));

        String gift = "gift-" + UUID.randomUUID();
        platform(gift, "{\"policies\":{\"yes\":\"permit(principal, action == Action::\\\"look\\\", resource);\"}}")
                .statusCode(201);
        held(tenant, gift).body("applies", equalTo(false));
        held(open, gift).body("applies", equalTo(true));
        platform(gift, "{\"policies\":{}}").statusCode(200);
        held(tenant, gift).body("held_version", equalTo(2));
    }

    /** A version was tested when it was published, with the shared sets of then. */
    @Test
    void goingBackPassesTheTestsOfTheVersionAgain() {
        UUID tenant = Authz.tenant();
        Drafts.put(tenant, "ada", "home", Drafts.homeFlights()).then().statusCode(201);
        Drafts.step(tenant, "ada", "home", "publish").then().statusCode(200);
        Drafts.put(tenant, "ada", "free", "{\"policies\":{\"home-flights\":null},\"schema\":null,\"tests\":null}")
                .then()
                .statusCode(201);
        Drafts.step(tenant, "ada", "free", "publish").then().statusCode(200);
        String id = "open-" + UUID.randomUUID();
        platform(id, """
                {"policies":{"all":"permit(principal, action == Action::\\"read\\", resource is Flight);"}}
                """).statusCode(201);
        Drafts.rollback(tenant, "ada", 2)
                .then()
                .statusCode(422)
                .body("code", equalTo("policy_tests_failed"))
                .body("errors.pointer", hasItem("/tests/cases/1"));
        Drafts.put(tenant, "ada", "back", "{\"rollback_to\":2,\"tests\":null}")
                .then()
                .statusCode(201);
        Drafts.step(tenant, "ada", "back", "publish").then().statusCode(200);
        platform(id, "{\"policies\":{}}").statusCode(200);
        Drafts.rollback(tenant, "ada", 2).then().statusCode(200);
    }
}
