package io.ashlar.guard.request;

import static io.ashlar.guard.app.Http.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.guard.app.GuardStack;
import io.ashlar.guard.app.RefusalHandler;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@GuardStack
class MetricsIT {

    @TestHTTPResource(value = "/", management = true)
    @Nullable URI root;

    @Inject
    RefusalHandler refusals;

    private String managed(String path) {
        return given().get("http://localhost:" + Objects.requireNonNull(root).getPort() + path)
                .asString();
    }

    @Test
    void requestsHaveTheBucketsOfOurServiceLevels() {
        as("ana").get("/trial/me").then().statusCode(200);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            String metrics = managed("/q/metrics");
            for (String bucket : new String[] {"0.005", "0.01", "0.025", "0.05", "0.1", "0.2", "0.5", "1.5"}) {
                assertThat(metrics).containsPattern("http_server_requests_seconds_bucket\\{[^}]*le=\"" + bucket + "\"");
            }
        });
    }

    /** Without an index of all paths for each request that is not refused. */
    @Test
    void aRefusalIsCountedUnderItsPath() {
        given().header("Authorization", "Bearer nonsense")
                .get("/trial/me")
                .then()
                .statusCode(401);
        assertThat(refusals.last()).startsWith("io.ashlar.guard.identity.TokenRefusals");
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(managed("/q/metrics"))
                .containsPattern("http_server_requests_seconds_count\\{[^}]*status=\"401\"[^}]*uri=\"/trial/me\""));
    }

    @Test
    void theDecisionCacheIsMeasured() {
        as("ana").get("/trial/datasets/ok-metric").then().statusCode(200);
        assertThat(managed("/q/metrics"))
                .contains("ashlar_guard_decisions_total{", "result=\"hit\"", "result=\"miss\"")
                .contains("ashlar_guard_changes_lag_seconds", "ashlar_guard_revocation_seconds_count")
                .containsPattern("ashlar_guard_revocation_seconds_bucket\\{[^}]*le=\"1.0\"");
    }

    @Test
    void readinessNamesTheNeedsAndWaitsForTheRehearsal() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(managed("/q/health/ready"))
                .contains("\"needs\"")
                .containsPattern("\"rehearsal\": *\"there\""));
        assertThat(managed("/q/metrics"))
                .containsPattern("http_server_requests_seconds_count\\{[^}]*uri=\"/trial/bytes\"[^}]*} [1-9][0-9]+");
    }
}
