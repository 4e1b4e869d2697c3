package io.ashlar.authz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class PrincipalIT {

    @Test
    void keepsEditsFromBeingLost() {
        UUID tenant = Authz.tenant();
        String user = "/api/v1/users/eve";
        String tag = Authz.user(tenant, "eve", "{\"roles\":[\"viewer\"]}")
                .then()
                .statusCode(201)
                .extract()
                .header("ETag");
        Authz.in(tenant, "ada")
                .get(user)
                .then()
                .statusCode(200)
                .header("ETag", tag)
                .body("roles", contains("viewer"));
        Authz.user(tenant, "eve", "{\"roles\":[\"viewer\"]}")
                .then()
                .statusCode(200)
                .header("ETag", tag);
        Authz.in(tenant, "ada")
                .header("If-Match", tag)
                .body("{\"roles\":[\"editor\"]}")
                .put(user)
                .then()
                .statusCode(200);
        Authz.in(tenant, "ada")
                .header("If-Match", tag)
                .body("{\"roles\":[]}")
                .put(user)
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition_failed"));
        Authz.in(tenant, "ada")
                .header("If-None-Match", "*")
                .body("{}")
                .put(user)
                .then()
                .statusCode(412);
        Authz.in(tenant, "ada").header("If-Match", tag).delete(user).then().statusCode(412);
        Authz.in(tenant, "ada").delete(user).then().statusCode(204);
        Authz.in(tenant, "ada").get(user).then().statusCode(404).body("code", equalTo("not_found"));
        Authz.in(tenant, "ada").delete(user).then().statusCode(404);
    }

    /** Though the policy goes on naming the group, and though a group of that name comes again. */
    @Test
    void aGroupThatIsGoneGivesNothing() {
        UUID tenant = Authz.tenant();
        Authz.policy(
                        tenant,
                        "west-surveys",
                        "permit(principal in Group::\"west\", action == Action::\"survey\", resource);")
                .then()
                .statusCode(201);
        Authz.in(tenant, "ada")
                .body("{\"parents\":[]}")
                .put("/api/v1/groups/west")
                .then()
                .statusCode(201);
        Authz.in(tenant, "ada")
                .body("{\"parents\":[\"west\"]}")
                .put("/api/v1/groups/seattle")
                .then()
                .statusCode(201);
        Authz.user(tenant, "eve", "{\"groups\":[\"west\"]}").then().statusCode(201);
        Authz.user(tenant, Authz.ANA, "{\"groups\":[\"seattle\"],\"attributes\":{\"home\":\"SEA\"}}")
                .then()
                .statusCode(200);
        assertThat(Authz.anaMay(tenant, "survey")).isTrue();

        Authz.in(tenant, "ada").delete("/api/v1/groups/west").then().statusCode(204);
        assertThat(Authz.anaMay(tenant, "survey")).isFalse();
        Authz.in(tenant, "ada").get("/api/v1/users/eve").then().statusCode(200).body("groups", equalTo(List.of()));
        Authz.in(tenant, "ada")
                .body("{\"parents\":[]}")
                .put("/api/v1/groups/west")
                .then()
                .statusCode(201);
        assertThat(Authz.anaMay(tenant, "survey")).isFalse();
        Authz.in(tenant, "ada")
                .get("/api/v1/users/" + Authz.ANA)
                .then()
                .statusCode(200)
                .body("groups", contains("seattle"))
                .body("attributes.home", equalTo("SEA"));
    }

    @Test
    void refusesWhatIsNotThereAndCycles() {
        UUID tenant = Authz.tenant();
        Authz.user(tenant, "eve", "{\"roles\":[\"viewr\"],\"groups\":[\"none\"]}")
                .then()
                .statusCode(422)
                .body("code", equalTo("principal_invalid"))
                .body("errors.pointer", contains("/roles/0", "/groups/0"))
                .body("errors[0].did_you_mean", equalTo("viewer"));
        Authz.in(tenant, "ada").body("{}").put("/api/v1/groups/a").then().statusCode(201);
        Authz.in(tenant, "ada")
                .body("{\"parents\":[\"a\"]}")
                .put("/api/v1/groups/b")
                .then()
                .statusCode(201);
        Authz.in(tenant, "ada")
                .body("{\"parents\":[\"b\"]}")
                .put("/api/v1/groups/a")
                .then()
                .statusCode(422)
                .body("errors.code", hasItem("cycle"));
        Authz.user(
                        tenant,
                        "eve",
                        "{\"roles\":\"viewer\",\"groups\":[1,\"x\",\"x\"],\"attributes\":{\"d\":1.23456},\"rolls\":[]}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/roles", "/groups/0", "/groups/2", "/attributes/d", "/rolls"));
    }

    @Test
    void pagesByCursor() {
        UUID tenant = Authz.tenant();
        for (int i = 0; i < 5; i++) {
            Authz.user(tenant, "u" + i, "{}").then().statusCode(201);
        }
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            var request = Authz.in(tenant, "ada").queryParam("limit", 2);
            if (cursor != null) {
                request = request.queryParam("cursor", cursor);
            }
            JsonPath page = request.get("/api/v1/users")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.id"));
            cursor = page.getString("next_cursor");
            if (cursor != null) {
                Authz.in(tenant, "ada")
                        .queryParam("cursor", cursor)
                        .get("/api/v1/groups")
                        .then()
                        .statusCode(400)
                        .body("code", equalTo("cursor_invalid"));
                Authz.in(Authz.tenant(), "ada")
                        .queryParam("cursor", cursor)
                        .get("/api/v1/users")
                        .then()
                        .statusCode(400);
            }
        } while (cursor != null);
        assertThat(seen).containsExactly(Authz.ANA, Authz.ADA, "u0", "u1", "u2", "u3", "u4");
        Authz.in(tenant, "ada")
                .queryParam("limit", 0)
                .get("/api/v1/users")
                .then()
                .statusCode(400);
    }

    @Test
    void ofAnotherTenantAreNotThere() {
        UUID tenant = Authz.tenant();
        UUID other = Authz.tenant();
        Authz.user(tenant, "secret", "{}").then().statusCode(201);
        Authz.in(other, "ada").get("/api/v1/users/secret").then().statusCode(404);
        Authz.in(tenant, "ana").get("/api/v1/users/secret").then().statusCode(403);
    }
}
