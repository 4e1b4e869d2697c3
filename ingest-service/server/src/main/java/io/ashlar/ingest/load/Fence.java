package io.ashlar.ingest.load;

import io.ashlar.ingest.event.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The row that says who may write a partition and how far it is loaded. It is moved in the transaction that stores the rows: a
 * writer whose epoch is not the row's, whose idea of the next offset is not the row's, or that talks to another cluster or an
 * older timeline of it, cannot commit.
 */
final class Fence {

    private static final String HERE = """
            (SELECT s.system_identifier AS system_id,
                    ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::integer AS timeline
             FROM pg_control_system() AS s)
            """;

    private static final String ACQUIRE = """
            INSERT INTO ingest.loaded_offsets AS o (topic, partition, next_offset, epoch, system_id, timeline)
            SELECT ?, ?, ?, 1, here.system_id, here.timeline
            FROM %s AS here
            ON CONFLICT (topic, partition) DO UPDATE SET epoch = o.epoch + 1, updated_at = clock_timestamp()
            WHERE o.system_id = excluded.system_id AND o.timeline <= excluded.timeline
            RETURNING epoch, next_offset
            """.formatted(HERE);

    private static final String ADVANCE = """
            UPDATE ingest.loaded_offsets AS o
            SET next_offset = f.upto, timeline = here.timeline, updated_at = clock_timestamp()
            FROM unnest(?::integer[], ?::bigint[], ?::bigint[], ?::bigint[]) AS f (partition, epoch, since, upto),
                 %s AS here
            WHERE o.topic = ? AND o.partition = f.partition AND o.epoch = f.epoch AND o.next_offset = f.since
              AND o.system_id = here.system_id AND o.timeline <= here.timeline
            """.formatted(HERE);

    private static final String EPOCH = """
            SELECT epoch
            FROM ingest.loaded_offsets
            WHERE topic = ? AND partition = ?
            """;

    private static final short TOPIC = (short) Topics.TELEMETRY.number();

    private Fence() {}

    /**
     * Raises the epoch, and so ends every other writer's right.
     *
     * @param beginning where a partition that was never loaded begins
     * @return empty if the row belongs to another cluster or a younger timeline
     */
    static Optional<PartitionHold> acquire(Connection connection, int partition, long beginning) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ACQUIRE)) {
            statement.setShort(1, TOPIC);
            statement.setInt(2, partition);
            statement.setLong(3, beginning);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new PartitionHold(partition, row.getLong(1), row.getLong(2)))
                        : Optional.empty();
            }
        }
    }

    /** Moves all the given partitions on, within the caller's transaction; whether every one of them was moved. */
    static boolean advance(Connection connection, Map<PartitionHold, Long> upto) throws SQLException {
        Collection<PartitionHold> holds = upto.keySet();
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "int4", holds.stream().map(PartitionHold::partition).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "int8", holds.stream().map(PartitionHold::epoch).toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "int8",
                            holds.stream().map(PartitionHold::nextOffset).toArray()));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "int8", holds.stream().map(upto::get).toArray()));
            statement.setShort(5, TOPIC);
            return statement.executeUpdate() == upto.size();
        }
    }

    /** Whether another writer has raised the epoch since. */
    static boolean overtaken(Connection connection, PartitionHold hold) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EPOCH)) {
            statement.setShort(1, TOPIC);
            statement.setInt(2, hold.partition());
            try (ResultSet row = statement.executeQuery()) {
                return !row.next() || row.getLong(1) != hold.epoch();
            }
        }
    }
}
