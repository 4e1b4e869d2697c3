package io.ashlar.ingest.load;

import static io.ashlar.ingest.app.Api.TENANT_A;
import static io.ashlar.ingest.app.Api.as;
import static io.ashlar.ingest.app.Api.awaitLoaded;
import static io.ashlar.ingest.app.Api.count;
import static io.ashlar.ingest.app.Api.declare;
import static io.ashlar.ingest.app.Api.key;
import static io.ashlar.ingest.app.Api.send;
import static io.ashlar.ingest.app.Api.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.ashlar.ingest.app.Api;
import io.ashlar.ingest.app.IngestStack;
import io.ashlar.ingest.event.EventTime;
import io.ashlar.ingest.event.Topics;
import io.ashlar.local.StackResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@IngestStack
final class LoadIT {

    private static final String HASH = "a".repeat(64);
    private static final String AT = "2001-01-01T10:00:00Z";
    private static Chunks chunks;
    private int delay;

    @BeforeAll
    static void open() {
        chunks = new Chunks();
    }

    @AfterAll
    static void close() {
        chunks.close();
    }

    @BeforeEach
    void attribute() throws Exception {
        declare("ed", "delay", "int64");
        declare("bea", "theirs", "int64");
        delay = (int)
                count("SELECT attribute_id FROM ingest.attributes WHERE tenant_id = ? AND name = 'delay'", TENANT_A);
    }

    private String telemetry(int index, String entity, long value) {
        return "{\"i\":%d,\"entity_id\":\"%s\",\"event_at\":\"%s\",\"attributes\":{\"%d\":{\"i\":%d}}}"
                .formatted(index, entity, AT, delay, value);
    }

    private static String body(List<String> records) {
        return "{\"records\":[" + String.join(",", records) + "]}";
    }

    @Test
    void onePoisonousRecordDoesNotStopTheRest() throws Exception {
        String key = key();
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // Only the store knows that this entity id is too long, or that it has no place for a NUL.
            String entity = i == 37 ? "x".repeat(129) : i == 73 ? "\\u0000" + key : key + ":" + i;
            records.add(telemetry(i, entity, i));
        }
        long offset = chunks.send(TENANT_A, key, HASH, 3, 100, body(records));
        awaitLoaded("ed");
        await().atMost(Api.PATIENCE).untilAsserted(() -> assertThat(count(
                        "SELECT count(*) FROM ingest.entity_values WHERE log_partition = 3 AND log_offset = ?", offset))
                .isEqualTo(98));
        assertThat(count("SELECT count(*) FROM ingest.entity_jsonb WHERE entity_id LIKE ?", key + "%"))
                .isEqualTo(98);
        assertThat(text("""
                        SELECT string_agg(record_index || ' ' || reason || ' ' || detail, '; ' ORDER BY record_index)
                        FROM ingest.dead_letters WHERE log_partition = 3 AND log_offset = ?
                        """, offset))
                .isEqualTo(
                        "37 store_refused SQLSTATE 23514, constraint entity_id_length; 73 store_refused SQLSTATE 22021");
        as("ed").get("/api/v1/dead-letters?limit=500")
                .then()
                .statusCode(200)
                .body("dead_letters.reason", hasItems("store_refused"));
        awaitPublished();
    }

    @Test
    void whatTheDecoderRefusesIsDeadToo() throws Exception {
        String key = key();
        int theirs = (int) count("SELECT attribute_id FROM ingest.attributes WHERE name = 'theirs'");
        long offset = chunks.send(
                TENANT_A,
                key,
                HASH,
                4,
                4,
                body(List.of(
                        telemetry(0, key, 1),
                        "{\"i\":1,\"entity_id\":\"%s\",\"event_at\":\"%s\",\"attributes\":{\"%d\":{\"s\":\"x\"}}}"
                                .formatted(key, AT, delay),
                        "{\"i\":2,\"entity_id\":\"%s\",\"event_at\":\"%s\",\"attributes\":{\"%d\":{\"i\":1}}}"
                                .formatted(key, AT, theirs),
                        "{\"i\":3,\"entity_id\":\"%s\",\"event_at\":\"x\",\"attributes\":{\"%d\":{\"i\":1}}}"
                                .formatted(key, delay))));
        long broken = chunks.send(TENANT_A, key(), HASH, 4, 7, "no chunk");
        long nobodys = chunks.send(4, Map.of(), "{}");
        await().atMost(Api.PATIENCE).untilAsserted(() -> assertThat(text("""
                        SELECT string_agg(coalesce(record_index, -1) || ' ' || reason || ' ' || records, '; '
                                          ORDER BY log_offset, record_index)
                        FROM ingest.dead_letters WHERE log_partition = 4 AND log_offset IN (?, ?, ?)
                        """, offset, broken, nobodys))
                .isEqualTo("1 attribute_kind_mismatch 1; 2 attribute_unknown 1; 3 malformed_record 1; "
                        + "-1 chunk_unreadable 7; -1 chunk_unreadable 1"));
        awaitLoaded("ed");
        assertThat(count("SELECT count(*) FROM ingest.entity_values WHERE entity_id = ?", key))
                .isOne();
    }

    @Test
    void aRepeatedChunkIsPassedOverAndAReusedKeyIsDead() throws Exception {
        String key = key();
        String body = body(List.of(telemetry(0, key, 1)));
        chunks.send(TENANT_A, key, HASH, 5, 1, body);
        chunks.send(TENANT_A, key, HASH, 5, 1, body);
        long reused = chunks.send(TENANT_A, key, "b".repeat(64), 5, 1, body(List.of(telemetry(0, key, 2))));
        chunks.send(TENANT_A, key, HASH, 5, 1, body);
        String last = key();
        chunks.send(TENANT_A, last, HASH, 5, 1, body(List.of(telemetry(0, last, 1))));
        await().atMost(Api.PATIENCE).untilAsserted(() -> assertThat(
                        count("SELECT count(*) FROM ingest.entity_values WHERE entity_id = ?", last))
                .isOne());
        assertThat(count("SELECT count(*) FROM ingest.entity_values WHERE entity_id = ?", key))
                .isOne();
        assertThat(text("SELECT reason FROM ingest.dead_letters WHERE log_partition = 5 AND log_offset = ?", reused))
                .isEqualTo("chunk_key_reused");
        awaitLoaded("ed");
    }

    /** The property of the projection: whatever the order of arrival, the greatest version wins, per attribute. */
    @Test
    void theOrderOfEventsDoesNotMatter() throws Exception {
        declare("ed", "seen", "int64");
        int seen = (int)
                count("SELECT attribute_id FROM ingest.attributes WHERE tenant_id = ? AND name = 'seen'", TENANT_A);
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            String entity = "order:" + UUID.randomUUID();
            long base = EventTime.parse(AT).orElseThrow();
            List<String> events = new ArrayList<>();
            for (int n = 0; n < 12; n++) {
                // Every second event says both attributes, others one; equal times are decided by the offset.
                String values = n % 3 == 0
                        ? "\"%d\":{\"i\":%d}".formatted(delay, n)
                        : "\"%d\":{\"i\":%d},\"%d\":{\"i\":%d}".formatted(delay, n, seen, n);
                events.add("{\"i\":0,\"entity_id\":\"%s\",\"event_at\":\"%s\",\"attributes\":{%s}}"
                        .formatted(entity, EventTime.format(base + n / 2), values));
            }
            Collections.shuffle(events, random);
            int partition = Topics.TELEMETRY.partitionOf(TENANT_A, entity);
            for (String event : events) {
                chunks.send(TENANT_A, key(), HASH, partition, 1, body(List.of(event)));
            }
            await().atMost(Api.PATIENCE).untilAsserted(() -> assertThat(count(
                            "SELECT count(DISTINCT log_offset) FROM ingest.entity_values WHERE entity_id = ?", entity))
                    .isEqualTo(12));
            for (String name : List.of("delay", "seen")) {
                assertThat(text("SELECT attributes ->> ? FROM ingest.entity_jsonb WHERE entity_id = ?", name, entity))
                        .isEqualTo(text("""
                                SELECT v.v_int64 FROM ingest.entity_values v
                                JOIN ingest.attributes a USING (tenant_id, attribute_id)
                                WHERE a.name = ? AND v.entity_id = ?
                                ORDER BY v.event_at DESC, log_partition DESC, log_offset DESC, record_index DESC LIMIT 1
                                """, name, entity));
            }
        }
        awaitLoaded("ed");
    }

    @Test
    void lateDataIsStoredButDoesNotWin() throws Exception {
        String entity = "late:" + key();
        for (String at : List.of("2020-01-01T00:00:00Z", "1999-01-01T00:00:00Z")) {
            send(
                            "ed",
                            null,
                            "{\"records\":[{\"entity_id\":\"" + entity + "\",\"event_at\":\"" + at
                                    + "\",\"attributes\":{\"delay\":" + at.substring(0, 4) + "}}]}")
                    .then()
                    .statusCode(202)
                    .body("accepted", equalTo(1));
        }
        awaitLoaded("ed");
        assertThat(count("SELECT count(*) FROM ingest.entity_values WHERE entity_id = ?", entity))
                .isEqualTo(2);
        assertThat(text("SELECT attributes ->> 'delay' FROM ingest.entity_jsonb WHERE entity_id = ?", entity))
                .isEqualTo("2020");
    }

    private static void awaitPublished() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                StackResource.stack().endpoints().kafkaBootstrap(),
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < Topics.TELEMETRY_DEAD.partitions(); i++) {
                partitions.add(new TopicPartition(Topics.TELEMETRY_DEAD.name(), i));
            }
            consumer.assign(partitions);
            int[] seen = new int[1];
            await().atMost(Api.PATIENCE).until(() -> {
                seen[0] += consumer.poll(Duration.ofMillis(200)).count();
                return seen[0] >= 2;
            });
        }
    }
}
