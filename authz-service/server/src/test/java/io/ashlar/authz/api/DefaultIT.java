package io.ashlar.authz.api;

import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A tenant that is there sees what new ones start with, and takes it by a draft. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class DefaultIT {

    private static final String ONCE = """
            permit(
                principal in Role::"viewer",
                action in [Action::"dataset.query", Action::"read",
                    Action::"export.create", Action::"export.read", Action::"export.cancel"],
                resource
            );
            """;

    private static ValidatableResponse defaults(UUID tenant, String query) {
        return Authz.in(tenant, "ada").get("/api/v1/default-policies" + query).then();
    }

    private static String state(String id) {
        return "items.find { it.id == '" + id + "' }.state";
    }

    @Test
    void whatIsLackingIsShownAndTakenByADraft() {
        UUID tenant = Authz.tenant();
        defaults(tenant, "")
                .statusCode(200)
                .body(
                        "items.id",
                        contains(
                                "default-admin",
                                "default-editor",
                                "default-mfa",
                                "default-publisher",
                                "default-viewer"))
                .body("items.state", everyItem(equalTo("current")));
        Authz.in(tenant, "ada").delete("/api/v1/policies/default-mfa").then().statusCode(204);
        Authz.in(tenant, "ada")
                .body("{\"cedar\":" + Drafts.json(ONCE) + "}")
                .put("/api/v1/policies/default-viewer")
                .then()
                .statusCode(200);
        Authz.policy(tenant, "default-editor", "permit(principal in Role::\"editor\", action, resource);")
                .then()
                .statusCode(200);
        defaults(tenant, "")
                .statusCode(200)
                .body(state("default-mfa"), equalTo("removed"))
                .body("items.find { it.id == 'default-mfa' }.present", nullValue())
                .body(state("default-viewer"), equalTo("older"))
                .body("items.find { it.id == 'default-viewer' }.cedar", containsString("segment.write"))
                .body(state("default-editor"), equalTo("changed"))
                .body(state("default-publisher"), equalTo("current"));

        // By the gate: what only forbids is taken at once, what permits more is not.
        Impacts.settings(tenant, Impacts.REQUIRED).then().statusCode(200);
        Drafts.put(tenant, "ada", "more", "{\"defaults\":[\"default-viewer\"]}")
                .then()
                .statusCode(201);
        Drafts.step(tenant, "ada", "more", "publish").then().statusCode(409).body("code", equalTo("impact_required"));
        Drafts.put(tenant, "ada", "mfa", "{\"defaults\":[\"default-mfa\"],\"reason\":\"a second factor\"}")
                .then()
                .statusCode(201)
                .body("policies", aMapWithSize(1))
                .body("policies.default-mfa", containsString("amr"));
        defaults(tenant, "").body(state("default-mfa"), equalTo("removed"));
        Drafts.step(tenant, "ada", "mfa", "publish").then().statusCode(200);
        defaults(tenant, "")
                .body(state("default-mfa"), equalTo("current"))
                .body(state("default-viewer"), equalTo("older"));
    }

    @Test
    void aDraftNamesDefaultsThatThereAreAndHasTheLastWord() {
        UUID tenant = Authz.tenant();
        Drafts.put(tenant, "ada", "d", "{\"defaults\":[\"default-mfa\",\"default-king\",7]}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/defaults/1"))
                .body("errors.pointer", hasItem("/defaults/2"));
        Drafts.put(tenant, "ada", "d", """
                        {"defaults":["default-mfa","default-editor"],"policies":{"default-editor":null}}
                        """)
                .then()
                .statusCode(201)
                .body("policies", aMapWithSize(2))
                .body("policies.default-editor", nullValue());
    }

    @Test
    void pagesAreForThoseWhoMayRead() {
        UUID tenant = Authz.tenant();
        String cursor = defaults(tenant, "?limit=3")
                .statusCode(200)
                .body("items.id", contains("default-admin", "default-editor", "default-mfa"))
                .extract()
                .path("next_cursor");
        defaults(tenant, "?cursor=" + cursor)
                .statusCode(200)
                .body("items.id", contains("default-publisher", "default-viewer"))
                .body("next_cursor", nullValue());
        Authz.in(tenant, "ana").get("/api/v1/default-policies").then().statusCode(403);
    }
}
