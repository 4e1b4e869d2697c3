package io.ashlar.guard.request;

import static io.ashlar.guard.app.Http.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.guard.app.GuardStack;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@GuardStack
class MetricsIT {

    private final String management = ConfigProvider.getConfig().getValue("test.management.url", String.class);

    @Test
    void requestsHaveTheBucketsOfOurServiceLevels() {
        as("ana").get("/trial/me").then().statusCode(200);
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            String metrics = given().get(management + "/q/metrics").asString();
            for (String bucket : new String[] {"0.005", "0.01", "0.025", "0.05", "0.1", "0.2", "0.5", "1.5"}) {
                assertThat(metrics).containsPattern("http_server_requests_seconds_bucket\\{[^}]*le=\"" + bucket + "\"");
            }
        });
    }

    @Test
    void theDecisionCacheIsMeasured() {
        as("ana").get("/trial/datasets/ok-metric").then().statusCode(200);
        assertThat(given().get(management + "/q/metrics").asString())
                .contains("ashlar_guard_decisions_total{", "result=\"hit\"", "result=\"miss\"");
    }

    @Test
    void readinessNamesTheNeeds() {
        assertThat(given().get(management + "/q/health/ready").asString()).contains("\"needs\"");
    }
}
