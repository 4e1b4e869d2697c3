package io.ashlar.authz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Nothing is published whose gains nobody has seen and approved; what shows them cannot be made up. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class ImpactGateIT {

    private static final String REQUIRED =
            "{\"two_person\":false,\"impact\":\"required\",\"impact_datasets\":[\"flights\"]}";

    private static final String LATE = """
            {"reason":"late flights","policies":{"late-flights":
             "permit(principal in Role::\\"viewer\\", action == Action::\\"read\\", resource is Flight) when { resource has delay && resource.delay > 60 };"}}
            """;

    /** Viewers read the flights of their own airport, and a draft would give them late ones too. */
    private static UUID late() {
        UUID tenant = Authz.tenant();
        Drafts.put(tenant, "ada", "home", Drafts.homeFlights().replace(Drafts.json(Drafts.SCHEMA), "null"))
                .then()
                .statusCode(201);
        Drafts.step(tenant, "ada", "home", "publish").then().statusCode(200);
        Impacts.settings(tenant, REQUIRED).then().statusCode(200);
        Drafts.put(tenant, "ada", "late", LATE).then().statusCode(201);
        return tenant;
    }

    @Test
    void goesFromDraftThroughItsImpactAndAnApprovalIntoForce() {
        UUID tenant = late();
        Impacts.preview(tenant, "ada", "late", Authz.ANA)
                .then()
                .statusCode(200)
                .body("before.decision", equalTo("FILTER"))
                .body("after.decision", equalTo("FILTER"))
                .body("after.filter.toString()", containsString("delay"))
                .body("before.filter.toString()", not(containsString("delay")));
        Drafts.step(tenant, "ada", "late", "publish")
                .then()
                .statusCode(409)
                .body("code", equalTo("impact_required"))
                .body("errors.code", hasItem("result_missing"));

        String jws = Impacts.result(tenant, Impacts.subject(tenant, "late", Authz.ANA, 150, 0));
        Impacts.attach(tenant, "ada", "late", jws)
                .then()
                .statusCode(201)
                .body("missing.count", equalTo(0))
                .body("gains.count", equalTo(1))
                .body("gains.items[0].subject", equalTo(Authz.ANA))
                .body("gains.items[0].rows", equalTo(150))
                .body("losses.count", equalTo(0))
                .body("approved", equalTo(false));
        Impacts.attach(tenant, "ada", "late", jws).then().statusCode(201).body("results", hasSize(1));
        Drafts.step(tenant, "ada", "late", "publish")
                .then()
                .statusCode(409)
                .body("code", equalTo("gains_not_approved"))
                .body("errors.code", hasItem("gain"))
                .body("errors[0].detail", equalTo(Authz.ANA + " gains 150 rows"));

        String evidence = Impacts.evidence(tenant, "late");
        Impacts.approve(tenant, "ada", "late", evidence)
                .then()
                .statusCode(200)
                .body("approved", equalTo(true))
                .body("approvals[0].approved_by", equalTo(Authz.ADA))
                .body("approvals[0].reason", equalTo("as agreed"));
        int version = Drafts.step(tenant, "ada", "late", "publish")
                .then()
                .statusCode(200)
                .extract()
                .path("version");
        Authz.in(tenant, "ada")
                .get("/api/v1/policy-versions/" + version)
                .then()
                .statusCode(200)
                .body("version.impact.evidence", equalTo(evidence))
                .body("version.impact.gains", equalTo(1))
                .body("version.impact.results[0].dataset", equalTo("flights"))
                .body("version.impact.approvals.approved_by", hasItem(Authz.ADA));
        Drafts.put(tenant, "ada", "late", LATE.replace("> 60", "> 30")).then().statusCode(201);
        Impacts.standing(tenant, "late").then().statusCode(200).body("results", empty());
    }

    @Test
    void whoeverHasTheSamePlansIsShownByOneResultAndWhoeverHasOthersIsMissing() {
        UUID tenant = late();
        Authz.user(tenant, "ben", "{\"roles\":[\"viewer\"],\"attributes\":{\"home\":\"SFO\"}}")
                .then()
                .statusCode(201);
        Authz.user(tenant, "cy", "{\"roles\":[\"viewer\"],\"attributes\":{\"home\":\"LAX\"}}")
                .then()
                .statusCode(201);
        Impacts.attach(
                        tenant,
                        "ada",
                        "late",
                        Impacts.result(tenant, Impacts.subject(tenant, "late", Authz.ANA, 150, 0)))
                .then()
                .statusCode(201)
                .body("gains.items.subject", containsInAnyOrder(Authz.ANA, "ben"))
                .body("gains.items.shown_for", hasItem(Authz.ANA))
                .body("missing.items.subject", hasItem("cy"));
        String first = Impacts.evidence(tenant, "late");
        Impacts.approve(tenant, "ada", "late", first).then().statusCode(200);
        Drafts.step(tenant, "ada", "late", "publish")
                .then()
                .statusCode(409)
                .body("code", equalTo("impact_required"))
                .body("errors[0].code", equalTo("subject_missing"))
                .body("errors[0].detail", startsWith("cy "));
        Impacts.attach(tenant, "ada", "late", Impacts.result(tenant, Impacts.subject(tenant, "late", "cy", 7, 0)))
                .then()
                .statusCode(201)
                .body("approvals", empty())
                .body("approved", equalTo(false));
        Impacts.approve(tenant, "ada", "late", first).then().statusCode(409).body("code", equalTo("conflict"));
        Drafts.step(tenant, "ada", "late", "publish")
                .then()
                .statusCode(409)
                .body("code", equalTo("gains_not_approved"));
        Impacts.approve(tenant, "ada", "late", Impacts.evidence(tenant, "late"))
                .then()
                .statusCode(200);
        Drafts.step(tenant, "ada", "late", "publish").then().statusCode(200);
    }

    @Test
    void whatEverybodyGainsAStrangerGainsToo() {
        UUID tenant = Authz.tenant();
        Impacts.settings(tenant, REQUIRED).then().statusCode(200);
        Drafts.put(tenant, "ada", "all", """
                        {"policies":{"all":"permit(principal, action == Action::\\"read\\", resource is Flight);"}}
                        """).then().statusCode(201);
        String stranger = "00000000-0000-0000-0000-000000000000";
        Impacts.attach(tenant, "ada", "all", Impacts.result(tenant, Impacts.subject(tenant, "all", Authz.ANA, 0, 0)))
                .then()
                .statusCode(201)
                .body("missing.items.subject", hasItem(stranger))
                .body("missing.count", equalTo(1));
        Impacts.attach(tenant, "ada", "all", Impacts.result(tenant, Impacts.subject(tenant, "all", stranger, 200, 0)))
                .then()
                .statusCode(201)
                .body("missing.count", equalTo(0))
                .body("gains.items.subject", hasItem(stranger));
    }

    @Test
    void lossesAreShownAndBlockNothing() {
        UUID tenant = Authz.tenant();
        Impacts.settings(tenant, REQUIRED).then().statusCode(200);
        Drafts.put(tenant, "ada", "home", Drafts.homeFlights().replace(Drafts.json(Drafts.SCHEMA), "null"))
                .then()
                .statusCode(201);
        Impacts.attach(
                        tenant,
                        "ada",
                        "home",
                        Impacts.result(tenant, Impacts.subject(tenant, "home", Authz.ANA, 0, 18_211)))
                .then()
                .statusCode(201)
                .body("losses.count", equalTo(1))
                .body("losses.items[0].rows", equalTo(18_211))
                .body("gains.count", equalTo(0));
        int version = Drafts.step(tenant, "ada", "home", "publish")
                .then()
                .statusCode(200)
                .extract()
                .path("version");
        Authz.in(tenant, "ada")
                .get("/api/v1/policy-versions/" + version)
                .then()
                .body("version.impact.losses", equalTo(1));
    }

    @Test
    void aChangeOfTheDraftVoidsWhatWasShownAndApproved() {
        UUID tenant = late();
        String jws = Impacts.result(tenant, Impacts.subject(tenant, "late", Authz.ANA, 150, 0));
        Impacts.attach(tenant, "ada", "late", jws).then().statusCode(201);
        String evidence = Impacts.evidence(tenant, "late");
        Impacts.approve(tenant, "ada", "late", evidence).then().statusCode(200);
        Drafts.put(tenant, "ada", "late", LATE.replace("> 60", "> 0")).then().statusCode(200);
        Impacts.standing(tenant, "late")
                .then()
                .statusCode(200)
                .body("results", empty())
                .body("approvals", empty())
                .body("evidence", not(equalTo(evidence)));
        Drafts.step(tenant, "ada", "late", "publish").then().statusCode(409).body("code", equalTo("impact_required"));
        Impacts.attach(tenant, "ada", "late", jws)
                .then()
                .statusCode(422)
                .body("code", equalTo("impact_invalid"))
                .body("errors.code", hasItem("plan_differs"))
                .body("errors.pointer", hasItem("/impact/subjects/0/decides/after"));
        Impacts.approve(tenant, "ada", "late", evidence).then().statusCode(409).body("code", equalTo("conflict"));
    }

    @Test
    void whatIsNotToBeBelievedIsRefusedWithAllFaults() {
        UUID tenant = late();
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
    void aResultOfAnotherDatasetShowsNothingOfTheOneThatIsDemanded() {
        UUID tenant = late();
        Impacts.settings(tenant, REQUIRED.replace("flights", "other")).then().statusCode(200);
        Impacts.attach(tenant, "ada", "late", Impacts.result(tenant, Impacts.subject(tenant, "late", Authz.ANA, 0, 0)))
                .then()
                .statusCode(201)
                .body("missing.items.dataset", hasItem("other"));
        Drafts.step(tenant, "ada", "late", "publish").then().statusCode(409).body("code", equalTo("impact_required"));
    }

    @Test
    void theAuthorDoesNotApproveWhereTwoPersonsAreAskedFor() {
        UUID tenant = late();
        Impacts.settings(tenant, REQUIRED.replace("false", "true")).then().statusCode(200);
        Authz.user(tenant, Authz.ANA, "{\"roles\":[\"publisher\"],\"attributes\":{\"home\":\"SFO\"}}")
                .then()
                .statusCode(200);
        Impacts.attach(
                        tenant,
                        "ada",
                        "late",
                        Impacts.result(tenant, Impacts.subject(tenant, "late", Authz.ANA, 150, 0)))
                .then()
                .statusCode(201);
        String evidence = Impacts.evidence(tenant, "late");
        Impacts.approve(tenant, "ada", "late", evidence)
                .then()
                .statusCode(409)
                .body("code", equalTo("second_person_required"));
        Drafts.step(tenant, "ana", "late", "publish")
                .then()
                .statusCode(409)
                .body("code", equalTo("gains_not_approved"));
        Impacts.approve(tenant, "ana", "late", evidence).then().statusCode(200);
        Impacts.approve(tenant, "ana", "late", evidence).then().statusCode(200).body("approvals", hasSize(1));
        Drafts.step(tenant, "ana", "late", "publish").then().statusCode(200);
    }

    @Test
    void anApprovalOfTheAuthorCountsForNothingOnceTwoPersonsAreAskedFor() {
        UUID tenant = late();
        Authz.user(tenant, Authz.ANA, "{\"roles\":[\"publisher\"],\"attributes\":{\"home\":\"SFO\"}}")
                .then()
                .statusCode(200);
        Impacts.attach(
                        tenant,
                        "ada",
                        "late",
                        Impacts.result(tenant, Impacts.subject(tenant, "late", Authz.ANA, 150, 0)))
                .then()
                .statusCode(201);
        Impacts.approve(tenant, "ada", "late", Impacts.evidence(tenant, "late"))
                .then()
                .statusCode(200)
                .body("approved", equalTo(true));
        Impacts.settings(tenant, REQUIRED.replace("false", "true")).then().statusCode(200);
        Drafts.step(tenant, "ana", "late", "publish")
                .then()
                .statusCode(409)
                .body("code", equalTo("gains_not_approved"));
    }

    @Test
    void mayBeDoneByWhomPoliciesLet() {
        UUID tenant = late();
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
        Impacts.settings(tenant, REQUIRED).then().statusCode(200).body("impact", equalTo("required"));
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
