package io.ashlar.authz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class EntityIT {

    private static Response type(UUID tenant, String type) {
        return Authz.in(tenant, "ada").body("{}").put("/api/v1/entity-types/" + type);
    }

    private static Response put(UUID tenant, String id, String body) {
        return Authz.in(tenant, "ada").body(body).put("/api/v1/entity-types/Folder/entities/" + id);
    }

    private static String in(String parent) {
        return "{\"parents\":[{\"type\":\"Folder\",\"id\":\"" + parent + "\"}]}";
    }

    /** Ana asks, and says herself that the folder is open. */
    private static boolean anaReads(UUID tenant, String folder) {
        return Authz.in(tenant, "ana")
                .body("""
                        {"subject":{"type":"User","id":"%s"},"action":{"name":"open"},
                         "resource":{"type":"Folder","id":"%s","properties":{"open":true}}}
                        """.formatted(Authz.ANA, folder))
                .post("/access/v1/evaluation")
                .then()
                .statusCode(200)
                .extract()
                .path("decision");
    }

    @Test
    void whatIsWrittenHereCountsAndNotWhatARequestSays() {
        UUID tenant = Authz.tenant();
        Authz.policy(
                        tenant,
                        "open",
                        "permit(principal, action == Action::\"open\", resource in Folder::\"top\") when { resource.open };")
                .then()
                .statusCode(201);
        assertThat(anaReads(tenant, "top")).as("a type of the requests'").isTrue();
        type(tenant, "Folder").then().statusCode(201).body("type", equalTo("Folder"));
        type(tenant, "Folder").then().statusCode(200);
        assertThat(anaReads(tenant, "top"))
                .as("a type of ours, without this entity")
                .isFalse();
        put(tenant, "top", "{\"attributes\":{\"open\":false}}").then().statusCode(201);
        assertThat(anaReads(tenant, "top")).isFalse();
        put(tenant, "top", "{\"attributes\":{\"open\":true}}").then().statusCode(200);
        assertThat(anaReads(tenant, "top")).isTrue();
        put(tenant, "mid", in("top")).then().statusCode(201).body("parents[0].id", equalTo("top"));
        put(tenant, "low", in("mid").replace("]}", "],\"attributes\":{\"open\":true}}"))
                .then()
                .statusCode(201);
        assertThat(anaReads(tenant, "low")).isTrue();
        assertThat(anaReads(tenant, "mid")).isFalse();
        put(tenant, "mid", "{}").then().statusCode(200);
        assertThat(anaReads(tenant, "low")).as("moved out").isFalse();

        Authz.in(tenant, "ada")
                .get("/api/v1/entity-types/Folder/entities?limit=2")
                .then()
                .statusCode(200)
                .body("items.id", contains("low", "mid"))
                .body("next_cursor", not(equalTo(null)));
        Authz.in(tenant, "ada")
                .get("/api/v1/entity-types")
                .then()
                .statusCode(200)
                .body("items.type", contains("Folder"));
    }

    @Test
    void losesNoEditAndNothingOnWhichOthersDepend() {
        UUID tenant = Authz.tenant();
        type(tenant, "Folder").then().statusCode(201);
        String tag = put(tenant, "a", "{}").then().statusCode(201).extract().header("ETag");
        put(tenant, "a", "{}").then().statusCode(200).header("ETag", tag);
        put(tenant, "b", in("a")).then().statusCode(201);
        put(tenant, "a", "{\"attributes\":{\"x\":1}}").then().statusCode(200);
        Authz.in(tenant, "ada")
                .header("If-Match", tag)
                .body("{}")
                .put("/api/v1/entity-types/Folder/entities/a")
                .then()
                .statusCode(412);
        Authz.in(tenant, "ada")
                .delete("/api/v1/entity-types/Folder/entities/a")
                .then()
                .statusCode(409)
                .body("code", equalTo("entity_in_use"));
        Authz.in(tenant, "ada").delete("/api/v1/entity-types/Folder").then().statusCode(409);
        for (String id : new String[] {"b", "a"}) {
            Authz.in(tenant, "ada")
                    .delete("/api/v1/entity-types/Folder/entities/" + id)
                    .then()
                    .statusCode(204);
            Authz.in(tenant, "ada")
                    .get("/api/v1/entity-types/Folder/entities/" + id)
                    .then()
                    .statusCode(404);
        }
        Authz.in(tenant, "ada").delete("/api/v1/entity-types/Folder").then().statusCode(204);
        put(tenant, "a", "{}").then().statusCode(404);
    }

    @Test
    void namesEverythingThatIsWrong() {
        UUID tenant = Authz.tenant();
        for (String taken : new String[] {"User", "Role", "Dataset", "Action"}) {
            type(tenant, taken).then().statusCode(400).body("errors.pointer", contains("/type"));
        }
        Authz.in(tenant, "ada")
                .body("{\"x\":1}")
                .put("/api/v1/entity-types/not-a-type")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/type", "/x"));
        type(tenant, "Folder").then().statusCode(201);
        put(
                        tenant,
                        "i".repeat(257),
                        "{\"parents\":[1,{\"type\":\"F F\",\"id\":\"\"}],\"attributes\":{\"a\":0.00001},\"y\":1}")
                .then()
                .statusCode(400)
                .body(
                        "errors.pointer",
                        hasItems("/id", "/parents/0", "/parents/1/type", "/parents/1/id", "/attributes/a", "/y"));
        put(tenant, "a", "{\"parents\":[{\"type\":\"Folder\",\"id\":\"none\"},{\"type\":\"Doc\",\"id\":\"x\"}]}")
                .then()
                .statusCode(422)
                .body("code", equalTo("entity_invalid"))
                .body("errors", hasSize(2));
        put(tenant, "a", "{}").then().statusCode(201);
        put(tenant, "b", in("a")).then().statusCode(201);
        put(tenant, "a", in("b")).then().statusCode(422).body("errors.code", hasItem("hierarchy_invalid"));
        put(tenant, "a", in("a")).then().statusCode(422);
        Authz.in(tenant, "ana").get("/api/v1/entity-types").then().statusCode(403);
        Authz.in(tenant, "ana").body("{}").put("/api/v1/entity-types/X").then().statusCode(403);
        Authz.in(Authz.tenant(), "ada")
                .get("/api/v1/entity-types/Folder")
                .then()
                .statusCode(404);
    }

    @Test
    void rolesAreATenantsOwnToDefine() {
        UUID tenant = Authz.tenant();
        Authz.in(tenant, "ada")
                .get("/api/v1/roles")
                .then()
                .statusCode(200)
                .body("items.id", contains("admin", "editor", "publisher", "viewer"))
                .body("items.built_in", contains(true, true, true, true));
        String auditor = "/api/v1/roles/auditor";
        Authz.in(tenant, "ada")
                .body("{\"parents\":[\"viewer\"]}")
                .put(auditor)
                .then()
                .statusCode(201);
        Authz.policy(
                        tenant,
                        "audit",
                        "permit(principal in Role::\"auditor\", action == Action::\"audit.read\", resource);")
                .then()
                .statusCode(201);
        assertThat(Authz.anaMay(tenant, "audit.read")).isFalse();
        Authz.user(tenant, Authz.ANA, "{\"roles\":[\"auditor\"]}").then().statusCode(200);
        assertThat(Authz.anaMay(tenant, "audit.read")).isTrue();
        assertThat(Authz.anaMay(tenant, "dataset.query"))
                .as("what a viewer may")
                .isTrue();
        Authz.in(tenant, "ada").delete(auditor).then().statusCode(409).body("code", equalTo("role_in_use"));
        Authz.in(tenant, "ada").body("{\"parents\":[]}").put(auditor).then().statusCode(200);
        assertThat(Authz.anaMay(tenant, "dataset.query")).isFalse();
        Authz.user(tenant, Authz.ANA, "{\"roles\":[]}").then().statusCode(200);
        Authz.in(tenant, "ada").delete(auditor).then().statusCode(204);

        Authz.in(tenant, "ada")
                .body("{\"parents\":[\"none\"],\"roles\":[]}")
                .put("/api/v1/roles/x")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/roles"));
        Authz.in(tenant, "ada")
                .body("{\"parents\":[\"viewr\"]}")
                .put("/api/v1/roles/x")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/parents/0"))
                .body("errors.did_you_mean", contains("viewer"));
        Authz.in(tenant, "ada").body("{}").put("/api/v1/roles/x").then().statusCode(201);
        Authz.in(tenant, "ada")
                .body("{\"parents\":[\"x\"]}")
                .put("/api/v1/roles/y")
                .then()
                .statusCode(201);
        Authz.in(tenant, "ada")
                .body("{\"parents\":[\"y\"]}")
                .put("/api/v1/roles/x")
                .then()
                .statusCode(422)
                .body("errors.code", contains("cycle"));
        Authz.in(tenant, "ada")
                .body("{\"parents\":[\"admin\"]}")
                .put("/api/v1/roles/viewer")
                .then()
                .statusCode(409)
                .body("code", equalTo("role_built_in"));
        Authz.in(tenant, "ada").delete("/api/v1/roles/viewer").then().statusCode(409);
    }
}
