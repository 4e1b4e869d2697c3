package io.ashlar.ingest.deadletter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.ashlar.ingest.event.Topics;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * Sends dead letters to their topic: rows are taken with SKIP LOCKED, sent, and marked when the broker has acknowledged. A
 * death in between sends again; the event id is the row's, so that a reader can tell.
 */
@ApplicationScoped
class DeadLetterRelay {

    private static final String TAKE = """
            SELECT tenant_id, dead_id, log_partition, log_offset, record_index, reason, detail, payload
            FROM ingest.dead_letters
            WHERE published_at IS NULL
            ORDER BY dead_id
            LIMIT 100
            FOR UPDATE SKIP LOCKED
            """;

    private static final String MARK = """
            UPDATE ingest.dead_letters
            SET published_at = clock_timestamp()
            WHERE tenant_id = ? AND dead_id = ?
            """;

    private final AgroalDataSource system;
    private final MutinyEmitter<byte[]> topic;

    DeadLetterRelay(
            @DataSource("system") AgroalDataSource system, @Channel("dead-letters") MutinyEmitter<byte[]> topic) {
        this.system = system;
        this.topic = topic;
    }

    @Scheduled(
            every = "2s",
            delayed = "5s",
            identity = "ingest-dead-relay",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    @RunOnVirtualThread
    void relay() throws SQLException {
        try (Connection connection = system.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement take = connection.prepareStatement(TAKE);
                    PreparedStatement mark = connection.prepareStatement(MARK);
                    ResultSet row = take.executeQuery()) {
                boolean any = false;
                while (row.next()) {
                    UUID tenant = row.getObject(1, UUID.class);
                    topic.sendMessageAndAwait(message(tenant, row));
                    mark.setObject(1, tenant);
                    mark.setLong(2, row.getLong(2));
                    mark.addBatch();
                    any = true;
                }
                if (any) {
                    mark.executeBatch();
                }
            }
            connection.commit();
        }
    }

    private static Message<byte[]> message(UUID tenant, ResultSet row) throws SQLException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("tenant", tenant.toString());
        body.put("topic", Topics.TELEMETRY.name());
        body.put("partition", row.getInt(3));
        body.put("offset", row.getLong(4));
        Integer index = row.getObject(5, Integer.class);
        if (index != null) {
            body.put("record_index", index);
        }
        body.put("reason", row.getString(6));
        body.put("detail", row.getString(7));
        body.put("payload", row.getString(8));
        RecordHeaders headers = new RecordHeaders();
        header(headers, "ce_specversion", "1.0");
        header(headers, "ce_id", Long.toString(row.getLong(2)));
        header(headers, "ce_source", "/ashlar/ingest");
        header(headers, "ce_type", "io.ashlar.telemetry.dead.v1");
        header(headers, "content-type", "application/json");
        header(headers, "tenant", tenant.toString());
        int partition = Topics.TELEMETRY_DEAD.partitionOf(tenant, row.getInt(3) + "/" + row.getLong(4));
        return Message.of(
                body.toString().getBytes(StandardCharsets.UTF_8),
                Metadata.of(OutgoingKafkaRecordMetadata.<byte[]>builder()
                        .withPartition(partition)
                        .withHeaders(headers)
                        .build()));
    }

    private static void header(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
