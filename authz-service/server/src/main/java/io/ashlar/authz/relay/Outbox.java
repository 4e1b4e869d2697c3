package io.ashlar.authz.relay;

import io.ashlar.authz.change.ChangeMessage.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The relay's connection: lock, term, outbox. One thread. */
final class Outbox implements AutoCloseable {

    /** Any number that nobody else locks: "ashlar authz relay" by its initials. */
    static final long LOCK = 0x6173_6861_7265_6C61L;

    private final Connection connection;

    Outbox(Connection connection) {
        this.connection = connection;
    }

    /**
     * Changes to be told.
     *
     * @param ids of the rows to delete afterwards
     * @param changes in the order they are told; of one tenant in the order they were committed
     */
    record Batch(List<Long> ids, List<Change> changes) {}

    /** Takes office: the lock lives as long as the connection. Empty if somebody else holds it. */
    Optional<Long> takeOffice() throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            lock.setLong(1, LOCK);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    return Optional.empty();
                }
            }
        }
        try (PreparedStatement raise = connection.prepareStatement("""
                        UPDATE authz.relay SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch
                        """);
                ResultSet row = raise.executeQuery()) {
            row.next();
            return Optional.of(row.getLong(1));
        }
    }

    /** The database's time; to be read before the scan that it vouches for. */
    Instant time() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT clock_timestamp()");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    Batch read(int max, long epoch) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, tenant_id, revision, policy_version, committed_at FROM authz.outbox ORDER BY id LIMIT ?
                """)) {
            select.setInt(1, max);
            List<Long> ids = new ArrayList<>();
            List<Change> changes = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                    changes.add(new Change(
                            rows.getObject(2, UUID.class),
                            rows.getLong(3),
                            rows.getLong(4),
                            epoch,
                            rows.getObject(5, OffsetDateTime.class).toInstant()));
                }
            }
            return new Batch(ids, changes);
        }
    }

    void delete(List<Long> ids) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM authz.outbox WHERE id = ANY (?)")) {
            delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            delete.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
