package io.ashlar.authz.api;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
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

    @Test
    void goesFromDraftThroughItsImpactAndAnApprovalIntoForce() {
        UUID tenant = Impacts.late();
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
        Drafts.put(tenant, "ada", "late", Impacts.LATE.replace("> 60", "> 30"))
                .then()
                .statusCode(201);
        Impacts.standing(tenant, "late").then().statusCode(200).body("results", empty());
    }

    @Test
    void whoeverHasTheSamePlansIsShownByOneResultAndWhoeverHasOthersIsMissing() {
        UUID tenant = Impacts.late();
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
        Impacts.settings(tenant, Impacts.REQUIRED).then().statusCode(200);
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
        Impacts.settings(tenant, Impacts.REQUIRED).then().statusCode(200);
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
        UUID tenant = Impacts.late();
        String jws = Impacts.result(tenant, Impacts.subject(tenant, "late", Authz.ANA, 150, 0));
        Impacts.attach(tenant, "ada", "late", jws).then().statusCode(201);
        String evidence = Impacts.evidence(tenant, "late");
        Impacts.approve(tenant, "ada", "late", evidence).then().statusCode(200);
        Drafts.put(tenant, "ada", "late", Impacts.LATE.replace("> 60", "> 0"))
                .then()
                .statusCode(200);
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
    void aResultOfAnotherDatasetShowsNothingOfTheOneThatIsDemanded() {
        UUID tenant = Impacts.late();
        Impacts.settings(tenant, Impacts.REQUIRED.replace("flights", "other"))
                .then()
                .statusCode(200);
        Impacts.attach(tenant, "ada", "late", Impacts.result(tenant, Impacts.subject(tenant, "late", Authz.ANA, 0, 0)))
                .then()
                .statusCode(201)
                .body("missing.items.dataset", hasItem("other"));
        Drafts.step(tenant, "ada", "late", "publish").then().statusCode(409).body("code", equalTo("impact_required"));
    }

    @Test
    void theAuthorDoesNotApproveWhereTwoPersonsAreAskedFor() {
        UUID tenant = Impacts.late();
        Impacts.settings(tenant, Impacts.REQUIRED.replace("false", "true"))
                .then()
                .statusCode(200);
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
        UUID tenant = Impacts.late();
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
        Impacts.settings(tenant, Impacts.REQUIRED.replace("false", "true"))
                .then()
                .statusCode(200);
        Drafts.step(tenant, "ana", "late", "publish")
                .then()
                .statusCode(409)
                .body("code", equalTo("gains_not_approved"));
    }
}
