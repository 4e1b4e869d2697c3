package io.ashlar.authz.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.ingest.audit.AuditHeaders;
import io.ashlar.ingest.event.Topics;
import io.ashlar.local.StackResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

/** What a tenant has in the audit topic; repetitions fall together by their id. Not thread-safe. */
public final class AuditEvents implements AutoCloseable {

    private final UUID tenant;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, AuditEvent> events = new HashMap<>();

    private AuditEvents(UUID tenant, KafkaConsumer<byte[], byte[]> consumer) {
        this.tenant = tenant;
        this.consumer = consumer;
    }

    public static AuditEvents of(UUID tenant) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", StackResource.stack().endpoints().kafkaBootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, Topics.AUDIT.partitions())
                .mapToObj(number -> new TopicPartition(Topics.AUDIT.name(), number))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new AuditEvents(tenant, consumer);
    }

    /** All that have come until now. */
    public List<AuditEvent> read() {
        consumer.poll(Duration.ofMillis(200)).forEach(this::take);
        return List.copyOf(events.values());
    }

    /** Those about an action. */
    public List<AuditEvent> of(String action) {
        return read().stream().filter(event -> event.action().equals(action)).toList();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> texts = new HashMap<>();
        record.headers().forEach(header -> texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        Optional<AuditHeaders> headers = AuditHeaders.read(texts);
        assertThat(headers).isPresent();
        try {
            AuditEvent event = AuditEvent.read(record.value());
            assertThat(record.partition()).isEqualTo(event.partition());
            if (tenant.equals(event.tenant())) {
                events.put(headers.get().id(), event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
