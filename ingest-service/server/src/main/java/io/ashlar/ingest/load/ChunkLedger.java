package io.ashlar.ingest.load;

import io.ashlar.ingest.IngestError;
import io.ashlar.ingest.event.ChunkHeaders;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The chunks that are loaded: each is entered under (tenant, producer, key, chunk) in the transaction that stores it, so that
 * one that comes a second time, from a repeated POST or a taken-over batch, is passed over.
 */
final class ChunkLedger {

    private static final String CLAIM = """
            INSERT INTO ingest.loaded_chunks
                (tenant_id, producer, batch_key, chunk, request_hash, stored, dead, log_partition, log_offset)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::integer[], ?::integer[],
                                 ?::smallint[], ?::bigint[])
            ON CONFLICT DO NOTHING
            RETURNING log_partition, log_offset
            """;

    private static final String HASH = """
            SELECT request_hash
            FROM ingest.loaded_chunks
            WHERE tenant_id = ? AND producer = ? AND batch_key = ? AND chunk = ?
            """;

    private static final String CORRECT = """
            UPDATE ingest.loaded_chunks
            SET stored = stored - ?, dead = dead + ?
            WHERE tenant_id = ? AND producer = ? AND batch_key = ? AND chunk = ?
            """;

    private record Place(int partition, long offset) {}

    /**
     * Enters the chunks; those that were there are marked as skipped. What decoding found dead is added to {@code dead}.
     *
     * @return how many were there before
     */
    int claim(Connection connection, List<ChunkSpan> live, List<DeadRecord> dead) throws SQLException {
        List<ChunkSpan> named =
                live.stream().filter(span -> span.headers != null).toList();
        Set<Place> entered = enter(connection, named);
        int repeated = 0;
        for (ChunkSpan span : live) {
            ChunkHeaders headers = span.headers;
            if (headers == null || entered.contains(new Place(span.hold.partition(), span.offset))) {
                dead.addAll(span.dead());
                continue;
            }
            span.skip();
            repeated++;
            if (!headers.requestHash().equals(hash(connection, headers))) {
                dead.add(new DeadRecord(
                        span,
                        -1,
                        headers.records(),
                        IngestError.CHUNK_KEY_REUSED,
                        "the key was used for another body"));
            }
        }
        return repeated;
    }

    /** Moves records that the store refused from stored to dead. */
    void correct(Connection connection, List<DeadRecord> refused) throws SQLException {
        Map<ChunkSpan, Integer> counts = new HashMap<>();
        refused.forEach(one -> counts.merge(one.span(), one.records(), Integer::sum));
        for (Map.Entry<ChunkSpan, Integer> count : counts.entrySet()) {
            ChunkHeaders headers = count.getKey().headers;
            if (headers == null) {
                continue;
            }
            try (PreparedStatement statement = connection.prepareStatement(CORRECT)) {
                statement.setInt(1, count.getValue());
                statement.setInt(2, count.getValue());
                key(statement, 3, headers);
                statement.executeUpdate();
            }
        }
    }

    private static Set<Place> enter(Connection connection, List<ChunkSpan> named) throws SQLException {
        Set<Place> entered = new HashSet<>();
        if (named.isEmpty()) {
            return entered;
        }
        List<Object[]> columns = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            columns.add(new Object[named.size()]);
        }
        for (int i = 0; i < named.size(); i++) {
            ChunkSpan span = named.get(i);
            ChunkHeaders headers = Objects.requireNonNull(span.headers);
            columns.get(0)[i] = headers.tenant();
            columns.get(1)[i] = headers.producer();
            columns.get(2)[i] = headers.batchKey();
            columns.get(3)[i] = headers.chunk();
            columns.get(4)[i] = headers.requestHash();
            columns.get(5)[i] = span.records();
            columns.get(6)[i] =
                    span.dead().stream().mapToInt(DeadRecord::records).sum();
            columns.get(7)[i] = (short) span.hold.partition();
            columns.get(8)[i] = span.offset;
        }
        String[] types = {"uuid", "text", "text", "int4", "text", "int4", "int4", "int2", "int8"};
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            for (int i = 0; i < types.length; i++) {
                statement.setArray(i + 1, connection.createArrayOf(types[i], columns.get(i)));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    entered.add(new Place(rows.getInt(1), rows.getLong(2)));
                }
            }
        }
        return entered;
    }

    private static String hash(Connection connection, ChunkHeaders headers) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HASH)) {
            key(statement, 1, headers);
            try (ResultSet row = statement.executeQuery()) {
                // Two chunks of one key in one batch: the second finds the first, entered by this very statement.
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    private static void key(PreparedStatement statement, int from, ChunkHeaders headers) throws SQLException {
        statement.setObject(from, headers.tenant());
        statement.setString(from + 1, headers.producer());
        statement.setString(from + 2, headers.batchKey());
        statement.setInt(from + 3, headers.chunk());
    }
}
