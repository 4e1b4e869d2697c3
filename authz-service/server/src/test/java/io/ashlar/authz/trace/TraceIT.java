package io.ashlar.authz.trace;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.api.Authz;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** What is done for a request is part of the caller's trace: the request itself and its statements. */
@QuarkusTest
@QuarkusTestResource(TraceSink.class)
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class TraceIT {

    private static final String CALLER = "00f067aa0ba902b7";

    private static String spans(String trace) {
        String sink = ConfigProvider.getConfig().getValue("quarkus.otel.exporter.otlp.endpoint", String.class);
        return given().get(sink + "/spans/" + trace).asString();
    }

    private static String newTrace() {
        return HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits())
                + HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits());
    }

    @Test
    void requestsJoinTheCallersTrace() {
        UUID tenant = Authz.tenant();
        String decision = newTrace();
        Authz.service("ashlar-filter", tenant, Authz.ANA)
                .header("traceparent", "00-" + decision + '-' + CALLER + "-01")
                .body(Authz.question(Authz.ANA, "dataset.query", "Dataset", "flights"))
                .post("/access/v1/evaluation")
                .then()
                .statusCode(200);
        String list = newTrace();
        Authz.in(tenant, "ada")
                .header("traceparent", "00-" + list + '-' + CALLER + "-01")
                .get("/api/v1/policies")
                .then()
                .statusCode(200);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(spans(decision)).contains("ashlar-authz SPAN_KIND_SERVER " + CALLER);
            assertThat(spans(list))
                    .contains("ashlar-authz SPAN_KIND_SERVER " + CALLER)
                    .contains("ashlar-authz SPAN_KIND_CLIENT ");
        });
    }
}
