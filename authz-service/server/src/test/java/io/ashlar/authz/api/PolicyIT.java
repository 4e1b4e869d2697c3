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
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class PolicyIT {

    @Test
    void startsWithTheDefaultsWhichMayBeReplaced() {
        UUID tenant = Authz.tenant();
        Authz.in(tenant, "ada")
                .get("/api/v1/policies")
                .then()
                .statusCode(200)
                .body(
                        "items.id",
                        contains(
                                "default-admin",
                                "default-editor",
                                "default-mfa",
                                "default-publisher",
                                "default-viewer"));
        assertThat(Authz.anaMay(tenant, "dataset.query")).isTrue();
        Authz.in(tenant, "ada").delete("/api/v1/policies/default-viewer").then().statusCode(204);
        assertThat(Authz.anaMay(tenant, "dataset.query")).isFalse();
        Authz.policy(tenant, "default-viewer", "permit(principal, action, resource);")
                .then()
                .statusCode(201)
                .header("ETag", "\"3\"");
        assertThat(Authz.anaMay(tenant, "dataset.query")).isTrue();
    }

    @Test
    void keepsEditsFromBeingLost() {
        UUID tenant = Authz.tenant();
        Authz.policy(tenant, "p", "permit(principal, action, resource);")
                .then()
                .statusCode(201)
                .header("ETag", "\"2\"");
        Authz.policy(tenant, "p", "permit(principal, action, resource);")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        Authz.in(tenant, "ada")
                .header("If-Match", "\"1\"")
                .body("{\"cedar\":\"forbid(principal, action, resource);\"}")
                .put("/api/v1/policies/p")
                .then()
                .statusCode(412);
        Authz.in(tenant, "ada")
                .header("If-Match", "\"2\"")
                .delete("/api/v1/policies/p")
                .then()
                .statusCode(204);
        Authz.in(tenant, "ada").get("/api/v1/policies/p").then().statusCode(404);
    }

    @Test
    void refusesWhatIsNotOnePolicy() {
        UUID tenant = Authz.tenant();
        Authz.policy(tenant, "p", "permit(principal action);")
                .then()
                .statusCode(422)
                .body("code", equalTo("policy_invalid"))
                .body("errors.pointer", hasItem("/cedar"));
        Authz.policy(tenant, "p", "permit(principal, action, resource); permit(principal, action, resource);")
                .then()
                .statusCode(422);
        Authz.policy(tenant, "p", "permit(principal == ?principal, action, resource);")
                .then()
                .statusCode(422);
        Authz.in(tenant, "ada")
                .body("{\"cedar\":1,\"ceder\":\"\"}")
                .put("/api/v1/policies/-bad")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/id", "/cedar", "/ceder"));
        Authz.in(tenant, "ana").body("{}").put("/api/v1/policies/p").then().statusCode(403);
    }
}
