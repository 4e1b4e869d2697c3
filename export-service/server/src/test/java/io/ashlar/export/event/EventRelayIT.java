package io.ashlar.export.event;

import static io.ashlar.export.app.Client.ask;
import static io.ashlar.export.app.Client.dataset;
import static io.ashlar.export.app.Client.ended;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.export.app.ExportStack;
import io.ashlar.export.app.QueueDatabase;
import io.ashlar.local.StackResource;
import io.ashlar.local.TrialUser;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** State changes on the real topic. */
@QuarkusTest
@ExportStack
class EventRelayIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BACKLOG = 1_500;

    @Test
    void everyStateChangeIsACloudEventInOrder() throws IOException {
        String id = ask("ana", dataset("flights"));
        assertThat(ended("ana", id)).isEqualTo("succeeded");
        List<ConsumerRecord<String, byte[]>> records = published(id, 3);
        List<String> states = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(record, "ce_type")).isEqualTo("io.ashlar.export.state.v1");
            assertThat(header(record, "ce_source")).isEqualTo("urn:ashlar:export");
            assertThat(header(record, "ce_id")).startsWith(id);
            assertThat(header(record, "ce_time")).isNotBlank();
            JsonNode body = JSON.readTree(record.value());
            assertThat(body.path("export_id").asText()).isEqualTo(id);
            states.add(body.path("state").asText());
        }
        assertThat(states).containsExactly("queued", "running", "succeeded");
        assertThat(records.stream().map(ConsumerRecord::partition).distinct()).hasSize(1);
    }

    /** As after hours without a broker: more than fits into one batch. */
    @Test
    void aBacklogIsPublishedInOrder() throws IOException, SQLException {
        UUID job = UUID.randomUUID();
        String sql = """
                INSERT INTO export.events (tenant_id, job_id, body)
                SELECT ?, ?, jsonb_build_object('n', n) FROM generate_series(1, ?) AS n ORDER BY n
                """;
        try (Connection connection = QueueDatabase.house().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, UUID.fromString(TrialUser.TENANT_A));
            statement.setObject(2, job);
            statement.setInt(3, BACKLOG);
            statement.executeUpdate();
        }
        List<Integer> numbers = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : published(job.toString(), BACKLOG)) {
            numbers.add(JSON.readTree(record.value()).path("n").asInt());
        }
        assertThat(numbers)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, BACKLOG).boxed().toList());
    }

    /** The records of one key, once there are so many. */
    private static List<ConsumerRecord<String, byte[]>> published(String key, int count) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", StackResource.stack().endpoints().kafkaBootstrap()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("ashlar.exports.v1").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            assertThat(partitions).hasSize(3);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (key.equals(record.key())) {
                        records.add(record);
                    }
                });
                return records.size() >= count;
            });
        }
        return records;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
