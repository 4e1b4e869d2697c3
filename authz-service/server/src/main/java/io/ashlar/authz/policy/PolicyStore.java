package io.ashlar.authz.policy;

import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.publication.Publishing;
import io.ashlar.authz.publication.Publishing.Published;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Single policies: read from PostgreSQL, and put in force one by one. Blocks. */
@ApplicationScoped
class PolicyStore {

    private final AuthzDatabase database;
    private final Publishing publishing;

    PolicyStore(AuthzDatabase database, Publishing publishing) {
        this.database = database;
        this.publishing = publishing;
    }

    /** What was written. */
    record Written(StoredPolicy policy, boolean created) {}

    Optional<StoredPolicy> find(UUID tenant, String id) {
        return database.inTenant(tenant, connection -> find(connection, tenant, id, Long.MAX_VALUE));
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

    /** Default policies beside what the tenant has of their names. */
    List<DefaultState> defaults(UUID tenant, Slice slice) {
        return database.inTenant(tenant, connection -> {
            Map<String, Optional<String>> known = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement("""
                    SELECT DISTINCT ON (id) id, cedar, deleted FROM authz.policies
                    WHERE tenant_id = ? AND id = ANY (?) ORDER BY id, version DESC
                    """)) {
                select.setObject(1, tenant);
                select.setArray(
                        2,
                        connection.createArrayOf(
                                "text", DefaultPolicies.texts().keySet().toArray()));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        known.put(
                                rows.getString(1),
                                rows.getBoolean(3) ? Optional.empty() : Optional.of(rows.getString(2)));
                    }
                }
            }
            return DefaultPolicies.texts().entrySet().stream()
                    .filter(policy -> policy.getKey().compareTo(slice.after()) > 0)
                    .limit(slice.limit() + 1L)
                    .map(policy -> DefaultState.of(
                            policy.getKey(),
                            policy.getValue(),
                            known.getOrDefault(policy.getKey(), Optional.empty())
                                    .orElse(null),
                            known.containsKey(policy.getKey())))
                    .toList();
        });
    }

    /** Puts a text in force; the same text again changes nothing. */
    Written put(UUID tenant, String actor, String id, String cedar, Expected expected) {
        Published published = publishing.publish(tenant, actor, new LiveEdit(id, Optional.of(cedar), expected));
        long version = published.version();
        return database.inTenant(tenant, connection -> {
            StoredPolicy policy = find(connection, tenant, id, version).orElseThrow();
            boolean created = published.changed()
                    && find(connection, tenant, id, version - 1).isEmpty();
            return new Written(policy, created);
        });
    }

    /** Takes a policy out of force; false if it was not. */
    boolean delete(UUID tenant, String actor, String id, Expected expected) {
        return publishing
                .publish(tenant, actor, new LiveEdit(id, Optional.empty(), expected))
                .changed();
    }

    /** As it is in force at a version; with {@link Long#MAX_VALUE}, now. */
    static Optional<StoredPolicy> find(Connection connection, UUID tenant, String id, long version)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, cedar, version, changed_by, changed_at FROM (
                    SELECT id, cedar, version, changed_by, changed_at, deleted FROM authz.policies
                    WHERE tenant_id = ? AND id = ? AND version <= ? ORDER BY version DESC LIMIT 1
                ) AS newest WHERE NOT deleted
                """)) {
            select.setObject(1, tenant);
            select.setString(2, id);
            select.setLong(3, version);
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
