package io.ashlar.guard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.ingest.audit.AuditHeaders;
import io.ashlar.ingest.event.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** What one tenant has in the audit topic. Not thread-safe. */
public final class AuditTopic implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final UUID tenant;
    private final Map<String, AuditEvent> events = new HashMap<>();
    private int deliveries;

    private AuditTopic(KafkaConsumer<byte[], byte[]> consumer, UUID tenant) {
        this.consumer = consumer;
        this.tenant = tenant;
    }

    /** From here on. */
    public static AuditTopic of(String bootstrap, UUID tenant) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, Topics.AUDIT.partitions())
                .mapToObj(number -> new TopicPartition(Topics.AUDIT.name(), number))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return new AuditTopic(consumer, tenant);
    }

    /** Reads up to where the topic ends now; repetitions fall together and must say the same. */
    public void readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(200)).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> texts = new HashMap<>();
        record.headers().forEach(header -> texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        Optional<AuditHeaders> headers = AuditHeaders.read(texts);
        assertThat(headers).isPresent();
        AuditEvent event = read(record.value());
        if (tenant.equals(event.tenant())) {
            deliveries++;
            AuditEvent before = events.put(headers.get().id(), event);
            assertThat(before == null || before.equals(event))
                    .as("one id, one event: %s %s", before, event)
                    .isTrue();
        }
    }

    private static AuditEvent read(byte[] body) {
        try {
            return AuditEvent.read(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Events by the id of the resource they are about, each {@code ce_id} once. */
    public Map<String, List<AuditEvent>> byResource() {
        Map<String, List<AuditEvent>> byResource = new HashMap<>();
        events.values().forEach(event -> byResource
                .computeIfAbsent(event.resource().id(), id -> new ArrayList<>())
                .add(event));
        return byResource;
    }

    /** How many records came, repetitions included. */
    int deliveries() {
        return deliveries;
    }

    int events() {
        return events.size();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
