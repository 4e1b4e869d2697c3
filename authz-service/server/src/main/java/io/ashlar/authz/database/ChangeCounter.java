package io.ashlar.authz.database;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.problem.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Numbers changes of a tenant, and puts them where the relay finds them; in the change's own transaction. */
public final class ChangeCounter {

    private ChangeCounter() {}

    /** What a change is about. */
    public enum Kind {
        PRINCIPAL,
        POLICY
    }

    /**
     * Locks the tenant's counters until the transaction ends. Call it first: what is read afterwards cannot change.
     *
     * @throws ProblemException {@code tenant_unknown}
     */
    public static void lock(Connection connection, UUID tenant) throws SQLException {
        Optional<Versions> locked = read(connection, """
                SELECT revision, policy_version FROM authz.revisions WHERE tenant_id = ? FOR UPDATE
                """, tenant);
        if (locked.isEmpty()) {
            throw new ProblemException(AuthzError.TENANT_UNKNOWN, "the tenant does not exist");
        }
    }

    /** The counters as they are. */
    public static Optional<Versions> read(Connection connection, UUID tenant) throws SQLException {
        return read(connection, """
                SELECT revision, policy_version FROM authz.revisions WHERE tenant_id = ?
                """, tenant);
    }

    /** Counts one change and tells the relay; the tenant's counters must be locked. */
    public static Versions count(Connection connection, UUID tenant, Kind kind) throws SQLException {
        Versions versions;
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE authz.revisions SET revision = revision + 1, policy_version = policy_version + ?
                WHERE tenant_id = ?
                RETURNING revision, policy_version
                """)) {
            update.setInt(1, kind == Kind.POLICY ? 1 : 0);
            update.setObject(2, tenant);
            versions = one(update).orElseThrow(() -> new SQLException("the tenant's counters are gone"));
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.outbox (tenant_id, revision, policy_version) VALUES (?, ?, ?)
                """)) {
            insert.setObject(1, tenant);
            insert.setLong(2, versions.revision());
            insert.setLong(3, versions.policyVersion());
            insert.executeUpdate();
        }
        return versions;
    }

    private static Optional<Versions> read(Connection connection, String sql, UUID tenant) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, tenant);
            return one(select);
        }
    }

    private static Optional<Versions> one(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(new Versions(rows.getLong(1), rows.getLong(2))) : Optional.empty();
        }
    }
}
