package io.ashlar.authz.policy;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.database.QuotaConfig;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.snapshot.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Policies in PostgreSQL. Blocks. */
@ApplicationScoped
class PolicyStore {

    private final AuthzDatabase database;
    private final Snapshots snapshots;
    private final QuotaConfig quota;

    PolicyStore(AuthzDatabase database, Snapshots snapshots, QuotaConfig quota) {
        this.database = database;
        this.snapshots = snapshots;
        this.quota = quota;
    }

    /** What was written. */
    record Written(StoredPolicy policy, boolean created) {}

    Optional<StoredPolicy> find(UUID tenant, String id) {
        return database.inTenant(tenant, connection -> find(connection, tenant, id));
    }

    List<StoredPolicy> list(UUID tenant, Slice slice) {
        return database.inTenant(tenant, connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    SELECT id, cedar, version, changed_by, changed_at FROM (
                        SELECT DISTINCT ON (id) id, cedar, version, changed_by, changed_at, deleted FROM authz.policies
                        WHERE tenant_id = ? AND id > ?
                        ORDER BY id, version DESC
                    ) AS newest WHERE NOT deleted ORDER BY id LIMIT ?
                    """)) {
                select.setObject(1, tenant);
                select.setString(2, slice.after());
                select.setInt(3, slice.limit() + 1);
                return read(select);
            }
        });
    }

    /** Writes a text; the same text again changes nothing. */
    Written put(UUID tenant, String actor, String id, String cedar, Expected expected) {
        return snapshots.changing(
                tenant,
                () -> database.inTenant(tenant, connection -> {
                    ChangeCounter.lock(connection, tenant);
                    Optional<StoredPolicy> present = find(connection, tenant, id);
                    require(expected, present);
                    if (present.isPresent() && present.get().cedar().equals(cedar)) {
                        return new Written(present.get(), false);
                    }
                    if (present.isEmpty()) {
                        requireRoom(connection, tenant);
                    }
                    Versions versions = ChangeCounter.count(connection, tenant, ChangeCounter.Kind.POLICY);
                    insert(connection, tenant, id, versions.policyVersion(), cedar, false, actor);
                    snapshots.require(tenant, versions.revision());
                    StoredPolicy policy = find(connection, tenant, id).orElseThrow();
                    return new Written(policy, present.isEmpty());
                }));
    }

    /** Takes a policy out of force; false if it was not. */
    boolean delete(UUID tenant, String actor, String id, Expected expected) {
        return snapshots.changing(
                tenant,
                () -> database.inTenant(tenant, connection -> {
                    ChangeCounter.lock(connection, tenant);
                    Optional<StoredPolicy> present = find(connection, tenant, id);
                    require(expected, present);
                    if (present.isEmpty()) {
                        return false;
                    }
                    Versions versions = ChangeCounter.count(connection, tenant, ChangeCounter.Kind.POLICY);
                    insert(
                            connection,
                            tenant,
                            id,
                            versions.policyVersion(),
                            present.get().cedar(),
                            true,
                            actor);
                    snapshots.require(tenant, versions.revision());
                    return true;
                }));
    }

    /** Also used when a tenant is created, in that transaction. */
    static void insert(
            Connection connection, UUID tenant, String id, long version, String cedar, boolean deleted, String actor)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.policies (tenant_id, id, version, cedar, deleted, changed_by)
                VALUES (?, ?, ?, ?, ?, ?)
                """)) {
            insert.setObject(1, tenant);
            insert.setString(2, id);
            insert.setLong(3, version);
            insert.setString(4, cedar);
            insert.setBoolean(5, deleted);
            insert.setString(6, actor);
            insert.executeUpdate();
        }
    }

    private static void require(Expected expected, Optional<StoredPolicy> present) {
        expected.require(
                present.map(policy -> OptionalLong.of(policy.version())).orElse(OptionalLong.empty()));
    }

    private void requireRoom(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement("""
                SELECT count(*) FROM (
                    SELECT DISTINCT ON (id) deleted FROM authz.policies WHERE tenant_id = ? ORDER BY id, version DESC
                ) AS newest WHERE NOT deleted
                """)) {
            count.setObject(1, tenant);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                if (row.getLong(1) >= quota.policies()) {
                    throw new ProblemException(
                            AuthzError.QUOTA_EXCEEDED, "policies: a tenant has at most " + quota.policies());
                }
            }
        }
    }

    private static Optional<StoredPolicy> find(Connection connection, UUID tenant, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, cedar, version, changed_by, changed_at FROM (
                    SELECT id, cedar, version, changed_by, changed_at, deleted FROM authz.policies
                    WHERE tenant_id = ? AND id = ? ORDER BY version DESC LIMIT 1
                ) AS newest WHERE NOT deleted
                """)) {
            select.setObject(1, tenant);
            select.setString(2, id);
            return read(select).stream().findFirst();
        }
    }

    private static List<StoredPolicy> read(PreparedStatement select) throws SQLException {
        List<StoredPolicy> policies = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                policies.add(new StoredPolicy(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getLong(3),
                        rows.getString(4),
                        rows.getObject(5, OffsetDateTime.class).toInstant()));
            }
        }
        return policies;
    }
}
