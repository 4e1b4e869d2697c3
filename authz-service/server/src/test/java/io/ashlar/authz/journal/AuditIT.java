package io.ashlar.authz.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.api.Authz;
import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.local.Stack;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is decided is in the audit topic, also when the broker stood still meanwhile. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class AuditIT {

    @Test
    void equalAllowsAreCountedDenialsAreNot() {
        UUID tenant = Authz.tenant();
        String token = Authz.token(tenant, "ana");
        for (String action : List.of("dataset.query", "policy.write")) {
            for (int i = 0; i < 20; i++) {
                Authz.as(token)
                        .body(Authz.question(Authz.ANA, action, "Dataset", "flights"))
                        .post("/access/v1/evaluation")
                        .then()
                        .statusCode(200);
            }
        }
        List<AuditEvent> allowed = new ArrayList<>();
        try (AuditEvents events = AuditEvents.of(tenant)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(events.of("dataset.query").stream()
                                .mapToLong(AuditEvent::count)
                                .sum())
                        .isEqualTo(20);
                assertThat(events.of("policy.write")).hasSize(20);
            });
            allowed.addAll(events.of("dataset.query"));
            assertThat(events.of("principal.write"))
                    .as("the door's own decisions")
                    .isNotEmpty();
        }
        assertThat(allowed).hasSizeLessThan(20).allSatisfy(event -> {
            assertThat(event.decision()).isEqualTo(AuditEvent.Decision.ALLOW);
            assertThat(event.actor()).isEqualTo(Authz.ANA);
            assertThat(event.reason()).isEqualTo("default-viewer");
            assertThat(event.requestId()).isNotNull();
            assertThat(event.inputs().path("subject").path("id").asText()).isEqualTo(Authz.ANA);
        });
    }

    @Test
    void aBrokerThatStandsStillLosesNothing() {
        UUID tenant = Authz.tenant();
        String token = Authz.token(tenant, "ana");
        Stack stack = StackResource.stack();
        stack.pause(Server.KAFKA);
        List<String> asked = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                asked.add("thing-" + i);
                Authz.as(token)
                        .body(Authz.question(
                                Authz.ANA, i % 2 == 0 ? "dataset.query" : "policy.write", "Dataset", "thing-" + i))
                        .post("/access/v1/evaluation")
                        .then()
                        .statusCode(200);
            }
        } finally {
            stack.resume(Server.KAFKA);
        }
        try (AuditEvents events = AuditEvents.of(tenant)) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            events.read().stream().map(event -> event.resource().id()))
                    .containsAll(asked));
        }
    }
}
