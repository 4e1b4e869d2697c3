package io.ashlar.authz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the gate refuses: results that cannot be believed, callers who may not, settings and drafts that are none. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class ImpactRefusalIT {

    @Test
    void whatIsNotToBeBelievedIsRefusedWithAllFaults() {
        UUID tenant = Impacts.late();
        var ana = Impacts.subject(tenant, "late", Authz.ANA, 150, 0);
        Instant now = Instant.now();
        Impacts.attach(tenant, "ada", "late", Impacts.signed(Impacts.STRANGE, tenant, now, Impacts.QUESTION, ana))
                .then()
                .statusCode(422)
                .body("code", equalTo("impact_invalid"))
                .body("errors.code", hasItem("not_genuine"));
        Impacts.attach(
                        tenant,
                        "ada",
                        "late",
                        Impacts.signed(Impacts.TRUSTED, UUID.randomUUID(), now.minus(Duration.ofHours(25)), null, ana))
                .then()
                .statusCode(422)
                .body("errors.code", hasItems("wrong_tenant", "stale", "missing_key"))
                .body("errors", hasSize(3));
        Impacts.attach(
                        tenant,
                        "ada",
                        "late",
                        Impacts.signed(Impacts.TRUSTED, tenant, now.plus(Duration.ofMinutes(5)), Impacts.QUESTION, ana))
                .then()
                .statusCode(422)
                .body("errors.code", hasItem("not_yet"));
        String genuine = Impacts.result(tenant, ana);
        String[] parts = genuine.split("\\.", -1);
        String other = Impacts.result(tenant, Impacts.subject(tenant, "late", Authz.ANA, 0, 0));
        Impacts.attach(tenant, "ada", "late", parts[0] + '.' + other.split("\\.", -1)[1] + '.' + parts[2])
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("signature"));
        Impacts.attach(tenant, "ada", "late", "x").then().statusCode(422);
        Impacts.attach(tenant, "ada", "late", "x".repeat(262_145)).then().statusCode(400);
        Authz.in(tenant, "ada")
                .body("{\"result\":1}")
                .post("/api/v1/policy-drafts/late/impacts")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/result", "/impact"));
        Authz.in(tenant, "ada")
                .header("If-Match", "\"1\"")
                .body("{\"impact\":\"" + genuine + "\"}")
                .post("/api/v1/policy-drafts/late/impacts")
                .then()
                .statusCode(412);
        Impacts.attach(tenant, "ada", "none", genuine).then().statusCode(404);
        Impacts.standing(tenant, "late").then().body("results", empty());
        Drafts.step(tenant, "ada", "late", "publish").then().statusCode(409).body("code", equalTo("impact_required"));
    }

    @Test
    void mayBeDoneByWhomPoliciesLet() {
        UUID tenant = Impacts.late();
        String jws = Impacts.result(tenant, Impacts.subject(tenant, "late", Authz.ANA, 150, 0));
        Impacts.attach(tenant, "ana", "late", jws).then().statusCode(403);
        Impacts.preview(tenant, "ana", "late", Authz.ANA).then().statusCode(403);
        Impacts.approve(tenant, "ana", "late", "sha256:00").then().statusCode(403);
        Authz.in(tenant, "ana").get("/api/v1/policy-drafts/late/impacts").then().statusCode(403);
        Authz.user(tenant, Authz.ANA, "{\"roles\":[\"editor\"],\"attributes\":{\"home\":\"SFO\"}}")
                .then()
                .statusCode(200);
        Impacts.preview(tenant, "ana", "late", Authz.ANA).then().statusCode(200);
        Impacts.preview(tenant, "ana", "late", Authz.ADA).then().statusCode(403);
        Impacts.approve(tenant, "ana", "late", "sha256:00").then().statusCode(403);
        Impacts.approve(tenant, "ada", "late", "sha256:00")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
    }

    @Test
    void settingsAreReadStrictlyAndWhatIsNotSaidStays() {
        UUID tenant = Authz.tenant();
        Impacts.settings(tenant, "{\"two_person\":false,\"impact\":\"required\"}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/impact_datasets"));
        Impacts.settings(tenant, "{\"two_person\":1,\"impact\":\"always\",\"impact_datasets\":[\"a\",\"a\"]}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/two_person", "/impact", "/impact_datasets/1"));
        Impacts.settings(tenant, Impacts.REQUIRED).then().statusCode(200).body("impact", equalTo("required"));
        Impacts.settings(tenant, "{\"two_person\":false}")
                .then()
                .statusCode(200)
                .body("impact", equalTo("required"))
                .body("impact_datasets", hasItem("flights"));
        Authz.policy(tenant, "x", "permit(principal, action == Action::\"read\", resource);")
                .then()
                .statusCode(409)
                .body("code", equalTo("review_required"));
        Drafts.put(
                        tenant,
                        "ada",
                        "words",
                        "{\"tests\":"
                                + Drafts.json(
                                        "cases:\n- {name: nobody, principal: {type: User, id: x}, action: read, resource: {type: Flight, id: f}, decision: deny}\n")
                                + "}")
                .then()
                .statusCode(201);
        assertThat(Drafts.step(tenant, "ada", "words", "publish").statusCode())
                .as("no policy changes")
                .isEqualTo(200);
        Impacts.settings(tenant, "{\"two_person\":false,\"impact\":\"optional\"}")
                .then()
                .statusCode(200);
        Authz.policy(tenant, "x", "permit(principal, action == Action::\"look\", resource);")
                .then()
                .statusCode(201);
    }

    @Test
    void aDraftThatIsNoPolicyIsComparedWithNothing() {
        UUID tenant = Authz.tenant();
        Drafts.put(tenant, "ada", "broken", "{\"policies\":{\"p\":\"permit(\"}}")
                .then()
                .statusCode(201);
        Impacts.standing(tenant, "broken").then().statusCode(422).body("code", equalTo("policy_invalid"));
        Impacts.preview(tenant, "ada", "broken", Authz.ANA).then().statusCode(422);
        Impacts.attach(tenant, "ada", "broken", "x").then().statusCode(422).body("code", equalTo("policy_invalid"));
        Drafts.put(tenant, "ada", "order", """
                        {"policies":{"p":"permit(principal in Role::\\"viewer\\", action == Action::\\"read\\", resource is Flight) when { resource.origin == resource.destination };",
                         "default-viewer":null}}
                        """).then().statusCode(201);
        Impacts.preview(tenant, "ada", "order", Authz.ANA)
                .then()
                .statusCode(422)
                .body("code", equalTo("policy_not_translatable"));
    }
}
