package io.ashlar.guard.audit;

import static io.ashlar.guard.app.Http.as;
import static io.ashlar.guard.app.Http.tokens;
import static io.ashlar.guard.app.Http.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.guard.app.GuardStack;
import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.ingest.audit.AuditHeaders;
import io.ashlar.local.StackResource;
import io.ashlar.local.TrialUser;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who acted for whom, and who was refused, arrives in the audit topic. */
@QuarkusTest
@GuardStack
class AuditIT {

    private final List<AuditEvent> seen = new ArrayList<>();

    @Test
    void actingForAUserAndRefusalsAreShipped() {
        String user = "user-" + UUID.randomUUID();
        String service = tokens().service("ashlar-filter");
        for (int i = 0; i < 5; i++) {
            with(service)
                    .header("Ashlar-On-Behalf-Of", TrialUser.TENANT_B + "/" + user)
                    .get("/trial/me")
                    .then()
                    .statusCode(200);
        }
        as("ana")
                .header("Ashlar-On-Behalf-Of", TrialUser.TENANT_B + "/" + user)
                .get("/trial/me")
                .then()
                .statusCode(403);
        as("ana").get("/trial/datasets/" + user).then().statusCode(403);

        try (KafkaConsumer<byte[], byte[]> topic = consumer()) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                read(topic);
                assertThat(seen)
                        .filteredOn(
                                event -> event.actor().equals(user) && event.decision() == AuditEvent.Decision.ALLOW)
                        .allMatch(event -> event.action().equals("on_behalf_of")
                                && UUID.fromString(TrialUser.TENANT_B).equals(event.tenant()))
                        .extracting(AuditEvent::count)
                        .satisfies(counts -> assertThat(counts.stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                                .isEqualTo(5));
                assertThat(seen)
                        .anyMatch(event -> event.actor().equals(user) && event.decision() == AuditEvent.Decision.DENY)
                        .anyMatch(event -> event.resource().id().equals(user)
                                && event.action().equals("dataset.query")
                                && event.requestId() != null);
            });
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> topic) {
        for (ConsumerRecord<byte[], byte[]> shipped : topic.poll(Duration.ofMillis(200))) {
            Map<String, String> headers = new HashMap<>();
            shipped.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
            assertThat(AuditHeaders.read(headers)).isPresent();
            try {
                seen.add(AuditEvent.read(shipped.value()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", StackResource.stack().endpoints().kafkaBootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor("ashlar.audit.v1").stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
