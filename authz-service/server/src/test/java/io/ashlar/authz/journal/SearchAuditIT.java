package io.ashlar.authz.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.api.Authz;
import io.ashlar.authz.call.WireJson;
import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What searches leave in the audit topic: one event for each page, with the question and all it found. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class SearchAuditIT {

    private static ValidatableResponse search(UUID tenant, String part, String body) {
        return Authz.in(tenant, "ada")
                .body(body)
                .post("/access/v1/search/" + part)
                .then()
                .statusCode(200);
    }

    private static List<AuditEvent> searches(UUID tenant, int count) {
        List<AuditEvent> found = new ArrayList<>();
        try (AuditEvents events = AuditEvents.of(tenant)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                found.clear();
                events.read().stream()
                        .filter(event -> event.reason().equals("search"))
                        .forEach(found::add);
                assertThat(found).hasSize(count);
            });
        }
        return found;
    }

    private static AuditEvent of(List<AuditEvent> events, String part) {
        return events.stream()
                .filter(event -> event.inputs().path("search").asText().equals(part))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> results(AuditEvent event) {
        List<String> results = new ArrayList<>();
        event.inputs().path("results").forEach(result -> results.add(result.asText()));
        return results;
    }

    private static ObjectNode tree(AuditEvent event) throws IOException {
        return (ObjectNode) WireJson.mapper().readTree(event.write());
    }

    private static ValidatableResponse replay(UUID tenant, ObjectNode event) {
        return Authz.in(tenant, "ada")
                .body(event.toString())
                .post("/api/v1/decisions/replay")
                .then();
    }

    @Test
    void eachSearchIsOneEventWhoseResultsCanBeAskedAboutLater() throws IOException {
        UUID tenant = Authz.tenant();
        search(tenant, "subject", """
                {"subject":{"type":"User"},"action":{"name":"dataset.query"},"resource":{"type":"Dataset","id":"flights"}}
                """);
        search(tenant, "resource", """
                {"subject":{"type":"User","id":"%s"},"action":{"name":"principal.write"},"resource":{"type":"User"}}
                """.formatted(Authz.ADA));
        search(tenant, "action", """
                {"subject":{"type":"User","id":"%s"},"resource":{"type":"Dataset","id":"flights"}}
                """.formatted(Authz.ANA));
        search(tenant, "resource", """
                {"subject":{"type":"User","id":"%s"},"action":{"name":"principal.write"},"resource":{"type":"Role"}}
                """.formatted(Authz.ANA));
        List<AuditEvent> events = searches(tenant, 4);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.actor()).isEqualTo(Authz.ADA);
            assertThat(event.policyVersion()).isEqualTo(1);
            assertThat(event.revision()).isPositive();
        });

        AuditEvent subjects = of(events, "subject");
        assertThat(subjects.action()).isEqualTo("dataset.query");
        assertThat(subjects.resource().id()).isEqualTo("flights");
        assertThat(subjects.decision()).isEqualTo(AuditEvent.Decision.ALLOW);
        assertThat(results(subjects)).containsExactly(Authz.ANA, Authz.ADA);
        AuditEvent actions = of(events, "action");
        assertThat(actions.action()).isEqualTo("*");
        assertThat(results(actions)).contains("dataset.query").doesNotContain("dataset.declare");
        assertThat(events)
                .filteredOn(event -> event.action().equals("principal.write"))
                .extracting(event -> event.resource().id())
                .containsOnly("*");
        assertThat(events)
                .filteredOn(event -> results(event).isEmpty())
                .extracting(AuditEvent::decision)
                .containsExactly(AuditEvent.Decision.DENY);

        // All has changed since; the versions of then still say who was rightly there.
        Authz.user(tenant, Authz.ANA, "{\"roles\":[]}").then().statusCode(200);
        for (AuditEvent event : events) {
            replay(tenant, tree(event)).statusCode(422).body("code", equalTo("decision_not_replayable"));
        }
        for (String user : results(subjects)) {
            ObjectNode asked = tree(subjects);
            asked.withObject("/inputs/subject").put("id", user);
            asked.put("reason", "");
            replay(tenant, asked).statusCode(200).body("replayed.decision", equalTo("allow"));
        }
    }

    @Test
    void eachPageIsAnEventOfWhatItFound() throws IOException {
        UUID tenant = Authz.tenant();
        String question = """
                {"subject":{"type":"User"},"action":{"name":"dataset.query"},"resource":{"type":"Dataset","id":"flights"},
                 "page":{"limit":1%s}}
                """;
        String token =
                search(tenant, "subject", question.formatted("")).extract().path("page.next_token");
        search(tenant, "subject", question.formatted(",\"token\":\"" + token + "\""));
        assertThat(searches(tenant, 2).stream().flatMap(event -> results(event).stream()))
                .containsExactlyInAnyOrder(Authz.ANA, Authz.ADA);
    }
}
