package io.ashlar.authz.shared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.page.IdCursors.Slice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The statements over shared sets, within somebody's transaction. */
public final class SharedRows {

    /** Any number that nobody else locks: "ashlar shared" by its initials. Publishing excludes, a tenant's choice shares. */
    private static final long LOCK = 0x6173_6861_7273_6861L;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SharedRows() {}

    /** Publishing waits until this transaction ends: what is newest now stays so. Before any row of a tenant is locked. */
    static void holdNewest(Connection connection) throws SQLException {
        lock(connection, "SELECT pg_advisory_xact_lock_shared(?)");
    }

    /** Nobody else publishes a set, and no tenant chooses one, until this transaction ends. */
    static void holdAll(Connection connection) throws SQLException {
        lock(connection, "SELECT pg_advisory_xact_lock(?)");
    }

    private static void lock(Connection connection, String sql) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(sql)) {
            lock.setLong(1, LOCK);
            lock.execute();
        }
    }

    /** A new tenant takes every set, in the transaction that creates it. */
    public static void join(Connection connection, UUID tenant, long version) throws SQLException {
        holdNewest(connection);
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.tenant_shared (tenant_id, set_id, version, set_version)
                SELECT ?, set_id, ?, max(version) FROM authz.shared_versions GROUP BY set_id
                """)) {
            insert.setObject(1, tenant);
            insert.setLong(2, version);
            insert.executeUpdate();
        }
    }

    static Optional<SharedVersion> newest(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT set_id, version, policies, tests, mandatory, reason, published_by, published_at
                FROM authz.shared_versions WHERE set_id = ? ORDER BY version DESC LIMIT 1
                """)) {
            select.setString(1, id);
            return read(select).stream().findFirst();
        }
    }

    static Optional<SharedVersion> at(Connection connection, String id, long version) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT set_id, version, policies, tests, mandatory, reason, published_by, published_at
                FROM authz.shared_versions WHERE set_id = ? AND version = ?
                """)) {
            select.setString(1, id);
            select.setLong(2, version);
            return read(select).stream().findFirst();
        }
    }

    /** Each set in its newest version, without its texts; one more than the slice wants. */
    static List<SharedVersion> list(Connection connection, Slice slice) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT DISTINCT ON (set_id) set_id, version, '{}'::jsonb, NULL::text, mandatory, reason, published_by,
                    published_at
                FROM authz.shared_versions WHERE set_id > ? ORDER BY set_id, version DESC LIMIT ?
                """)) {
            select.setString(1, slice.after());
            select.setInt(2, slice.limit() + 1);
            return read(select);
        }
    }

    static void insert(Connection connection, SharedVersion set) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.shared_versions
                    (set_id, version, policies, tests, mandatory, reason, published_by)
                VALUES (?, ?, ?::jsonb, ?, ?, ?, ?)
                """)) {
            insert.setString(1, set.id());
            insert.setLong(2, set.version());
            insert.setString(3, JSON.valueToTree(set.policies()).toString());
            insert.setString(4, set.tests());
            insert.setBoolean(5, set.mandatory());
            insert.setString(6, set.reason());
            insert.setString(7, set.publishedBy());
            insert.executeUpdate();
        }
    }

    /**
     * Puts a version in force in every tenant that takes the set: counts a change in each, says what it is, and tells the relay.
     *
     * @return how many tenants
     */
    static int spread(Connection connection, SharedVersion set) throws SQLException {
        try (PreparedStatement spread = connection.prepareStatement("""
                WITH takers AS (
                    SELECT tenant.tenant_id FROM authz.revisions AS tenant
                    WHERE ? OR NOT EXISTS (
                        SELECT FROM (
                            SELECT choice.set_version FROM authz.tenant_shared AS choice
                            WHERE choice.tenant_id = tenant.tenant_id AND choice.set_id = ?
                            ORDER BY choice.version DESC LIMIT 1
                        ) AS newest WHERE newest.set_version IS NULL
                    )
                    ORDER BY tenant.tenant_id FOR UPDATE
                ), counted AS (
                    UPDATE authz.revisions AS tenant
                    SET revision = tenant.revision + 1, policy_version = tenant.policy_version + 1
                    FROM takers WHERE tenant.tenant_id = takers.tenant_id
                    RETURNING tenant.tenant_id, tenant.revision, tenant.policy_version
                ), chosen AS (
                    INSERT INTO authz.tenant_shared (tenant_id, set_id, version, set_version)
                    SELECT tenant_id, ?, policy_version, ? FROM counted
                ), noted AS (
                    INSERT INTO authz.policy_versions (tenant_id, version, kind, source, reason, published_by)
                    SELECT tenant_id, policy_version, 'shared', ?, ?, ? FROM counted
                )
                INSERT INTO authz.outbox (tenant_id, revision, policy_version)
                SELECT tenant_id, revision, policy_version FROM counted
                """)) {
            spread.setBoolean(1, set.mandatory());
            spread.setString(2, set.id());
            spread.setString(3, set.id());
            spread.setLong(4, set.version());
            spread.setString(5, set.id());
            spread.setString(6, set.reason());
            spread.setString(7, "platform");
            return spread.executeUpdate();
        }
    }

    private static List<SharedVersion> read(PreparedStatement select) throws SQLException {
        List<SharedVersion> versions = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                versions.add(new SharedVersion(
                        rows.getString(1),
                        rows.getLong(2),
                        JSON.readValue(rows.getString(3), new TypeReference<TreeMap<String, String>>() {}),
                        rows.getString(4),
                        rows.getBoolean(5),
                        rows.getString(6),
                        rows.getString(7),
                        rows.getObject(8, OffsetDateTime.class).toInstant()));
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored shared set is not JSON", e);
        }
        return versions;
    }
}
