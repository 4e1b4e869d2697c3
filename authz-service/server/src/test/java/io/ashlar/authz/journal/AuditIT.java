package io.ashlar.authz.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.api.Authz;
import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.ingest.audit.AuditHeaders;
import io.ashlar.ingest.event.Topics;
import io.ashlar.local.Stack;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
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

    private static KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> kafka =
                Map.of("bootstrap.servers", StackResource.stack().endpoints().kafkaBootstrap());
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, Topics.AUDIT.partitions())
                .mapToObj(number -> new TopicPartition(Topics.AUDIT.name(), number))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /** Reads on, keeping events of the tenant by their id: repetitions fall together. */
    private static void read(KafkaConsumer<byte[], byte[]> consumer, UUID tenant, Map<String, AuditEvent> events)
            throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            Map<String, String> texts = new HashMap<>();
            record.headers()
                    .forEach(header -> texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            Optional<AuditHeaders> headers = AuditHeaders.read(texts);
            AuditEvent event = AuditEvent.read(record.value());
            assertThat(headers).isPresent();
            assertThat(record.partition()).isEqualTo(event.partition());
            if (tenant.equals(event.tenant())) {
                events.put(headers.get().id(), event);
            }
        }
    }

    private static List<AuditEvent> of(Map<String, AuditEvent> events, String action) {
        return events.values().stream()
                .filter(event -> event.action().equals(action))
                .toList();
    }

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
        Map<String, AuditEvent> events = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                read(consumer, tenant, events);
                assertThat(of(events, "dataset.query").stream()
                                .mapToLong(AuditEvent::count)
                                .sum())
                        .isEqualTo(20);
                assertThat(of(events, "policy.write")).hasSize(20);
            });
        }
        assertThat(of(events, "dataset.query")).hasSizeLessThan(20).allSatisfy(event -> {
            assertThat(event.decision()).isEqualTo(AuditEvent.Decision.ALLOW);
            assertThat(event.actor()).isEqualTo(Authz.ANA);
            assertThat(event.reason()).isEqualTo("default-viewer");
            assertThat(event.requestId()).isNotNull();
            assertThat(event.inputs().path("subject").path("id").asText()).isEqualTo(Authz.ANA);
        });
        assertThat(of(events, "principal.write")).as("the door's own decisions").isNotEmpty();
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
        Map<String, AuditEvent> events = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                read(consumer, tenant, events);
                assertThat(events.values().stream()
                                .map(event -> event.resource().id()))
                        .containsAll(asked);
            });
        }
    }
}
