package io.ashlar.authz.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;

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
class PlanIT {

    private static final String PATH = "/api/v1/plan";

    private static String plan(String type) {
        return """
                {"subject":{"type":"User","id":"%s"},"action":{"name":"read"},"resource":{"type":"%s"},
                 "fields":[{"path":"delay","sensitivity":"public"},{"path":"distance","sensitivity":"internal"}],"context":{}}
                """.formatted(Authz.ANA, type);
    }

    @Test
    void aViewerReadsAllAndSeesWhatIsPublic() {
        UUID tenant = Authz.tenant();
        Authz.service("ashlar-filter", tenant, Authz.ANA)
                .body(plan("Flight"))
                .post(PATH)
                .then()
                .statusCode(200)
                .body("decision", equalTo("ALL"))
                .body("masked", contains("distance"))
                .body("policy_version", equalTo(1))
                .body("revision", equalTo(2));
    }

    @Test
    void anEditorUnmasks() {
        UUID tenant = Authz.tenant();
        Authz.user(tenant, Authz.ANA, "{\"roles\":[\"editor\"]}").then().statusCode(200);
        Authz.in(tenant, "ana")
                .body(plan("Flight"))
                .post(PATH)
                .then()
                .statusCode(200)
                .body("masked.size()", equalTo(0));
    }

    @Test
    void aPolicyOverRowsBecomesAFilter() {
        UUID tenant = Authz.tenant();
        Authz.policy(
                        tenant,
                        "default-viewer",
                        "permit(principal in Role::\"viewer\", action == Action::\"read\", resource is Flight)"
                                + " when { [\"SFO\", \"LAX\"].contains(resource.origin) };")
                .then()
                .statusCode(200);
        Authz.policy(
                        tenant,
                        "no-secrets",
                        "forbid(principal, action, resource is Flight) when { resource.secret == true };")
                .then()
                .statusCode(201);
        Authz.in(tenant, "ana")
                .body(plan("Flight"))
                .post(PATH)
                .then()
                .statusCode(200)
                .body("decision", equalTo("FILTER"))
                .body("policy_version", equalTo(3))
                .body("filter.and.field", contains("origin", "secret", "secret"))
                .body("filter.and.op", contains("in", "is_null", "neq"));
        Authz.in(tenant, "ana")
                .body(plan("Train"))
                .post(PATH)
                .then()
                .statusCode(200)
                .body("decision", equalTo("NONE"));
    }

    @Test
    void whatCannotBeTranslatedIsNamedAndNeverWidened() {
        UUID tenant = Authz.tenant();
        String odd = "forbid(principal, action, resource is Flight) when { resource.delay > resource.distance };";
        Authz.policy(tenant, "odd", odd).then().statusCode(201);
        Authz.in(tenant, "ana")
                .body(plan("Flight"))
                .post(PATH)
                .then()
                .statusCode(422)
                .body("code", equalTo("policy_not_translatable"))
                .body("errors.pointer", hasItem("/policies/odd"))
                .body("errors[0].detail", startsWith("policy odd, line 1, column 54 (offset 53): "));
        Authz.in(tenant, "ana")
                .body(plan("Train"))
                .post(PATH)
                .then()
                .statusCode(200)
                .body("decision", equalTo("ALL"));
    }

    @Test
    void whatFieldsHoldDecidesWhatPoliciesMean() {
        UUID tenant = Authz.tenant();
        Authz.policy(
                        tenant,
                        "default-viewer",
                        "permit(principal in Role::\"viewer\", action == Action::\"read\", resource is Flight)"
                                + " when { resource.at >= datetime(\"2024-02-29\") && resource.owner == principal };")
                .then()
                .statusCode(200);
        Authz.policy(
                        tenant,
                        "one-more",
                        "permit(principal in Role::\"viewer\", action == Action::\"read\", resource == Flight::\"7\");")
                .then()
                .statusCode(201);
        String body = """
                {"subject":{"type":"User","id":"%s"},"action":{"name":"read"},"resource":{"type":"Flight"},"fields":[
                 {"path":"number","type":"int64","role":"id"},{"path":"at","type":"timestamp"},
                 {"path":"owner","type":"string","entity":"User"}],"context":{}}
                """.formatted(Authz.ANA);
        Authz.in(tenant, "ana")
                .body(body)
                .post(PATH)
                .then()
                .statusCode(200)
                .body("filter.or[0].and.field", contains("at", "owner"))
                .body("filter.or[0].and.value", contains("2024-02-29T00:00:00Z", Authz.ANA))
                .body("filter.or[1].field", equalTo("number"))
                .body("filter.or[1].value", equalTo(7));
        Authz.in(tenant, "ana")
                .body(body.replace("int64", "number").replace("\"entity\"", "\"role\":\"child\",\"entity\""))
                .post(PATH)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/fields/0/type", "/fields/2/role"));
    }

    @Test
    void readsStrictly() {
        UUID tenant = Authz.tenant();
        Authz.in(tenant, "ana")
                .body("{\"subject\":{\"type\":\"User\",\"id\":7},\"resource\":{},\"fields\":{},\"extra\":1}")
                .post(PATH)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/subject/id", "/action/name", "/resource/type", "/fields", "/extra"));
    }
}
