package io.ashlar.ingest.load;

import static io.ashlar.ingest.app.Api.TENANT_A;
import static io.ashlar.ingest.app.Api.count;
import static io.ashlar.ingest.app.Api.declare;
import static io.ashlar.ingest.app.Api.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.ashlar.ingest.app.Api;
import io.ashlar.ingest.app.IngestStack;
import io.ashlar.ingest.event.ChunkHeaders;
import io.ashlar.ingest.event.Topics;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

@QuarkusTest
@IngestStack
final class FenceIT {

    /** No other test writes it by hand. */
    private static final int PARTITION = 11;

    @Inject
    @DataSource("system")
    AgroalDataSource system;

    @Inject
    AttributeCatalog catalog;

    @Inject
    ChunkDecoder decoder;

    private RowBuffer buffer(PartitionHold hold, String entity, long offset) throws Exception {
        declare("ed", "delay", "int64");
        long attribute =
                count("SELECT attribute_id FROM ingest.attributes WHERE tenant_id = ? AND name = 'delay'", TENANT_A);
        String body =
                "{\"records\":[{\"i\":0,\"entity_id\":\"%s\",\"event_at\":\"2001-01-01T10:00:00Z\",".formatted(entity)
                        + "\"attributes\":{\"%d\":{\"i\":1}}}]}".formatted(attribute);
        RecordHeaders headers = new RecordHeaders();
        new ChunkHeaders(TENANT_A, "fence", entity, "a".repeat(64), 0, 1, 1, Instant.now())
                .write()
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        RowBuffer buffer = new RowBuffer();
        decoder.decode(
                buffer,
                hold,
                new ConsumerRecord<>(
                        Topics.TELEMETRY.name(),
                        PARTITION,
                        offset,
                        System.currentTimeMillis(),
                        TimestampType.LOG_APPEND_TIME,
                        -1,
                        body.length(),
                        null,
                        body.getBytes(StandardCharsets.UTF_8),
                        headers,
                        Optional.empty()));
        return buffer;
    }

    @Test
    void aZombieWritesNothing() throws Exception {
        String zombies = "zombie:" + key();
        try (Connection connection = system.getConnection()) {
            PartitionHold zombie = Fence.acquire(connection, PARTITION, 0).orElseThrow();
            PartitionHold heir = Fence.acquire(connection, PARTITION, 0).orElseThrow();
            assertThat(heir.epoch()).isGreaterThan(zombie.epoch());
            assertThat(Fence.overtaken(connection, zombie)).isTrue();
            RowBuffer late = buffer(zombie, zombies, zombie.nextOffset());
            assertThatThrownBy(() -> new StoreTransaction(catalog).store(connection, late))
                    .isInstanceOf(StoreTransaction.FencedException.class);
        }
        assertThat(count("SELECT count(*) FROM ingest.entity_values WHERE entity_id = ?", zombies))
                .isZero();
        assertThat(count("SELECT count(*) FROM ingest.entity_jsonb WHERE entity_id = ?", zombies))
                .isZero();
        assertThat(count("SELECT count(*) FROM ingest.loaded_chunks WHERE batch_key = ?", zombies))
                .isZero();
    }

    @Test
    void anotherClusterOrAnOlderTimelineIsRefused() throws Exception {
        int unused = 900;
        try (Connection connection = system.getConnection()) {
            assertThat(Fence.acquire(connection, unused, 5)).isPresent();
            try (var statement = connection.prepareStatement(
                    "UPDATE ingest.loaded_offsets SET timeline = timeline + 1 WHERE partition = ?")) {
                statement.setInt(1, unused);
                statement.executeUpdate();
            }
            assertThat(Fence.acquire(connection, unused, 5))
                    .as("younger timeline")
                    .isEmpty();
            try (var statement = connection.prepareStatement(
                    "UPDATE ingest.loaded_offsets SET timeline = 1, system_id = 1 WHERE partition = ?")) {
                statement.setInt(1, unused);
                statement.executeUpdate();
            }
            assertThat(Fence.acquire(connection, unused, 5)).as("other cluster").isEmpty();
        }
    }

    /** The service's own loader was overtaken by the tests above; it comes back by itself. */
    @Test
    void theLoaderTakesUpAPartitionThatNobodyWrites() throws Exception {
        long before;
        try (Connection connection = system.getConnection()) {
            before = Fence.acquire(connection, PARTITION, 0).orElseThrow().epoch();
        }
        String key = key();
        try (Chunks chunks = new Chunks()) {
            declare("ed", "delay", "int64");
            long attribute = count(
                    "SELECT attribute_id FROM ingest.attributes WHERE tenant_id = ? AND name = 'delay'", TENANT_A);
            chunks.send(
                    TENANT_A,
                    key,
                    "a".repeat(64),
                    PARTITION,
                    1,
                    "{\"records\":[{\"i\":0,\"entity_id\":\"%s\",\"event_at\":\"2001-01-01T10:00:00Z\",\"attributes\":{\"%d\":{\"i\":1}}}]}"
                            .formatted(key, attribute));
        }
        await().atMost(Api.PATIENCE).untilAsserted(() -> assertThat(
                        count("SELECT count(*) FROM ingest.entity_values WHERE entity_id = ?", key))
                .isOne());
        assertThat(count("SELECT epoch FROM ingest.loaded_offsets WHERE topic = 1 AND partition = ?", PARTITION))
                .isGreaterThan(before);
    }
}
