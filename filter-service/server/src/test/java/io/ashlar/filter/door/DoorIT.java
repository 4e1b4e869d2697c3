package io.ashlar.filter.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** What surrounds the API: documents, health, metrics, request ids. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class DoorIT {

    @Test
    void theDocumentIsOpenApi31WithExamples() {
        given().header("Accept", "application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("openapi", startsWith("3.1"))
                .body("paths", hasKey("/api/v1/datasets/{name}/query"))
                .body("paths", hasKey("/api/v1/datasets/{name}/resolve"))
                .body(
                        "paths.'/api/v1/datasets/{name}/query'.post.requestBody.content.'application/json'.examples",
                        notNullValue())
                .body("components.responses.Problem", notNullValue())
                .body("components.securitySchemes.bearer.scheme", equalTo("bearer"));
        given().get("/q/swagger-ui/").then().statusCode(200).body(containsString("swagger"));
    }

    @Test
    void readinessNamesItsParts() {
        given().get(management("/q/health/ready"))
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name.join(' ')", containsString("Reactive PostgreSQL"));
        given().get(management("/q/health/live")).then().statusCode(200);
    }

    @Test
    void metricsHaveTheBucketsOfTheObjectives() {
        Trial.script("{}");
        Trial.as("ana").get("/api/v1/datasets").then().statusCode(200);
        String metrics = given().get(management("/q/metrics")).asString();
        assertThat(metrics).contains("http_server_requests_seconds_bucket").contains("le=\"0.025\"");
    }

    @Test
    void aRequestKeepsItsIdAsFarAsThePeers() {
        Trial.script("{}");
        Trial.declare("ed", "traced");
        Trial.script("{}");
        Trial.as("ana")
                .header("X-Request-ID", "req-4711")
                .body("{}")
                .post("/api/v1/datasets/traced/query")
                .then()
                .statusCode(200)
                .header("X-Request-ID", "req-4711");
        assertThat(Trial.asked("/router/api/v1/page")
                        .getFirst()
                        .at("/headers/X-request-id")
                        .textValue())
                .isEqualTo("req-4711");
        assertThat(Trial.asked("/authz/api/v1/plan")
                        .getFirst()
                        .at("/headers/X-request-id")
                        .textValue())
                .isEqualTo("req-4711");
    }

    @Test
    void unknownPathsAndMethodsAreProblems() {
        Trial.as("ana").get("/api/v1/nothing").then().statusCode(404).body("code", equalTo("not_found"));
        Trial.as("ana").delete("/api/v1/datasets/x").then().statusCode(405).body("code", equalTo("method_not_allowed"));
    }

    private static String management(String path) {
        String port = ConfigProvider.getConfig().getValue("quarkus.management.port", String.class);
        return "http://localhost:" + port + path;
    }
}
