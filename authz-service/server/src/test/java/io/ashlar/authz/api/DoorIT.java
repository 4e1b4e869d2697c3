package io.ashlar.authz.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class DoorIT {

    @TestHTTPResource(value = "/", management = true)
    @Nullable URI management;

    private String fetch(String path) {
        return given().get(
                        "http://localhost:" + Objects.requireNonNull(management).getPort() + path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    void readinessNamesWhatItNeeds() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(fetch("/q/health/ready"))
                .contains("\"change_topic\": \"there\"")
                .contains("\"audit_spool\": \"there\"")
                .contains("Database connections health check")
                .startsWith("{\n    \"status\": \"UP\""));
    }

    @Test
    void describesItself() {
        // Beside the API and open: for whoever builds on it.
        assertThat(given().get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains("\"openapi\" : \"3.1.0\"", "/access/v1/evaluation", "/api/v1/plan", "\"examples\"");
        assertThat(given().get("/q/swagger-ui/")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains("swagger-ui-bundle.js", "/q/openapi");
    }

    @Test
    void measures() {
        given().get("/.well-known/authzen-configuration").then().statusCode(200);
        assertThat(fetch("/q/metrics"))
                .contains("ashlar_authz_relay_epoch", "ashlar_authz_spool_fill", "ashlar_authz_snapshot_lag_seconds");
    }
}
