package io.ashlar.authz.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.ashlar.authz.api.Authz;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who gets a snapshot, and what is in it. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class SnapshotIT {

    private static final String PATH = "/api/v1/snapshot";

    @Test
    void aServiceThatActsForAUserReadsWhatDecides() {
        UUID tenant = Authz.tenant();
        Authz.policy(tenant, "quoted", "permit(principal, action, resource) when { context.said == \"yes\" };")
                .then()
                .statusCode(201);
        Response snapshot = read(tenant, null);
        snapshot.then()
                .statusCode(200)
                .header("ETag", equalTo("\"3-2\""))
                .header("Cache-Control", equalTo("no-store"))
                .body("format", equalTo(1))
                .body("tenant", equalTo(tenant.toString()))
                .body("revision", equalTo(3))
                .body("policy_version", equalTo(2))
                .body("own_types", hasItems("User", "Group", "Role"))
                .body("policies.id", hasItems("default-viewer", "quoted"))
                .body(
                        "policies.find { it.id == 'quoted' }.cedar",
                        equalTo("permit(principal, action, resource) when { context.said == \"yes\" };"))
                .body("principals.find { it.uid.id == '" + Authz.ANA + "' }.attrs.home", equalTo("SFO"))
                .body("principals.find { it.uid.id == '" + Authz.ANA + "' }.parents.id", hasItem("viewer"));
        assertThat(snapshot.jsonPath().getLong("offset"))
                .isEqualTo(Long.parseLong(snapshot.header("Ashlar-Change-Offset")));
        assertThat(snapshot.jsonPath().getList("policies"))
                .hasSize(snapshot.jsonPath().getInt("end.policies"));
        assertThat(snapshot.jsonPath().getList("principals"))
                .hasSize(snapshot.jsonPath().getInt("end.principals"));
    }

    @Test
    void oneThatHasNotChangedIsNotSentAgain() {
        UUID tenant = Authz.tenant();
        String tag = read(tenant, null).header("ETag");
        Response unchanged = read(tenant, tag);
        unchanged.then().statusCode(304).header("ETag", equalTo(tag));
        assertThat(unchanged.header("Ashlar-Change-Offset")).matches("[0-9]+");
        Authz.user(tenant, Authz.ANA, "{\"roles\":[]}").then().statusCode(200);
        read(tenant, tag).then().statusCode(200).body("revision", equalTo(3));
    }

    @Test
    void nobodyElseReadsIt() {
        UUID tenant = Authz.tenant();
        Authz.in(tenant, "ada").get(PATH).then().statusCode(403).body("code", equalTo("forbidden"));
        Authz.olga().get(PATH).then().statusCode(403).body("code", equalTo("tenant_required"));
        Authz.service("ashlar-router", tenant, "router").get(PATH).then().statusCode(403);
        Authz.as(Authz.tokens().service("ashlar-export")).get(PATH).then().statusCode(403);
        Authz.service("ashlar-export", UUID.randomUUID(), "export")
                .get(PATH)
                .then()
                .statusCode(404)
                .body("code", equalTo("tenant_unknown"));
    }

    private static Response read(UUID tenant, @Nullable String tag) {
        return (tag == null
                        ? Authz.service("ashlar-export", tenant, "export")
                        : Authz.service("ashlar-export", tenant, "export").header("If-None-Match", tag))
                .get(PATH);
    }
}
