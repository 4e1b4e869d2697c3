package io.ashlar.ingest.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ashlar.ingest.IngestError;
import io.ashlar.ingest.event.ChunkHeaders;
import io.ashlar.ingest.event.Topics;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Keeps what cannot be stored, with its reason and its own bytes, in the transaction that passes it over. */
final class DeadLetterWriter {

    private static final String INSERT = """
            INSERT INTO ingest.dead_letters
                (tenant_id, log_topic, log_partition, log_offset, record_index, records, outside, producer, batch_key,
                 reason, detail, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /** Of a chunk that cannot be read, this much is kept; the whole stands on the log. */
    private static final int PAYLOAD_BYTES = 64 * 1024;

    private static final UUID NOBODY = new UUID(0, 0);
    private static final ObjectMapper JSON = new ObjectMapper();

    void insert(Connection connection, List<DeadRecord> dead) throws SQLException {
        if (dead.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (DeadRecord one : dead) {
                bind(statement, one);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, DeadRecord one) throws SQLException {
        ChunkSpan span = one.span();
        ChunkHeaders headers = span.headers;
        statement.setObject(1, headers == null ? NOBODY : headers.tenant());
        statement.setShort(2, (short) Topics.TELEMETRY.number());
        statement.setShort(3, (short) span.hold.partition());
        statement.setLong(4, span.offset);
        if (one.index() < 0) {
            statement.setNull(5, Types.INTEGER);
        } else {
            statement.setInt(5, one.index());
        }
        statement.setInt(6, one.records());
        // A reused key's chunk is in the ledger under its first body; what has no headers is not in it at all.
        statement.setBoolean(7, headers == null || one.reason() == IngestError.CHUNK_KEY_REUSED);
        statement.setString(8, headers == null ? null : headers.producer());
        statement.setString(9, headers == null ? null : headers.batchKey());
        statement.setString(10, one.reason().code());
        statement.setString(11, one.detail());
        statement.setString(12, payload(span.body, one.index()));
    }

    /** The record as JSON, or the chunk's beginning in base64. */
    private static String payload(byte[] body, int index) {
        if (index >= 0) {
            try {
                for (JsonNode telemetry : JSON.readTree(body).path("records")) {
                    if (telemetry.path("i").asInt(-1) == index) {
                        return telemetry.toString();
                    }
                }
            } catch (IOException notJson) {
                return base64(body);
            }
        }
        return base64(body);
    }

    private static String base64(byte[] body) {
        return "base64:"
                + Base64.getEncoder().encodeToString(Arrays.copyOf(body, Math.min(body.length, PAYLOAD_BYTES)));
    }
}
