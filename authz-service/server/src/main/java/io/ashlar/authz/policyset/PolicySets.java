package io.ashlar.authz.policyset;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Reads and writes versions, within somebody's transaction. */
public final class PolicySets {

    private PolicySets() {}

    /** The set at a version: the newest text of each id up to it. */
    public static PolicySet at(Connection connection, UUID tenant, long version) throws SQLException {
        return new PolicySet(
                version,
                policies(connection, tenant, version),
                documents(connection, tenant, version),
                shared(connection, tenant, version));
    }

    private static SortedMap<String, String> policies(Connection connection, UUID tenant, long version)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, cedar FROM (
                    SELECT DISTINCT ON (id) id, cedar, deleted FROM authz.policies
                    WHERE tenant_id = ? AND version <= ?
                    ORDER BY id, version DESC
                ) AS newest WHERE NOT deleted
                """)) {
            select.setObject(1, tenant);
            select.setLong(2, version);
            SortedMap<String, String> policies = new TreeMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    policies.put(rows.getString(1), rows.getString(2));
                }
            }
            return policies;
        }
    }

    private static Map<Document, String> documents(Connection connection, UUID tenant, long version)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT kind, body FROM (
                    SELECT DISTINCT ON (kind) kind, body, deleted FROM authz.policy_documents
                    WHERE tenant_id = ? AND version <= ?
                    ORDER BY kind, version DESC
                ) AS newest WHERE NOT deleted
                """)) {
            select.setObject(1, tenant);
            select.setLong(2, version);
            Map<Document, String> documents = new EnumMap<>(Document.class);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    documents.put(Document.valueOf(rows.getString(1).toUpperCase(Locale.ROOT)), rows.getString(2));
                }
            }
            return documents;
        }
    }

    private static List<HeldSet> shared(Connection connection, UUID tenant, long version) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT holds.set_id, holds.set_version, policy.key, policy.value
                FROM (
                    SELECT DISTINCT ON (set_id) set_id, set_version FROM authz.tenant_shared
                    WHERE tenant_id = ? AND version <= ?
                    ORDER BY set_id, version DESC
                ) AS holds
                JOIN authz.shared_versions AS shared
                    ON shared.set_id = holds.set_id AND shared.version = holds.set_version
                LEFT JOIN LATERAL jsonb_each_text(shared.policies) AS policy ON true
                ORDER BY holds.set_id
                """)) {
            select.setObject(1, tenant);
            select.setLong(2, version);
            SortedMap<String, Long> versions = new TreeMap<>();
            Map<String, SortedMap<String, String>> texts = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String set = rows.getString(1);
                    versions.put(set, rows.getLong(2));
                    SortedMap<String, String> policies = texts.computeIfAbsent(set, id -> new TreeMap<>());
                    // A set that was taken out of force has none.
                    String policy = rows.getString(3);
                    if (policy != null) {
                        policies.put(policy, rows.getString(4));
                    }
                }
            }
            return versions.entrySet().stream()
                    .map(held -> new HeldSet(
                            held.getKey(), held.getValue(), texts.getOrDefault(held.getKey(), new TreeMap<>())))
                    .toList();
        }
    }

    /** Writes what a change brings as a version; the tenant's counters are held, and counted to it. */
    public static void write(
            Connection connection, UUID tenant, PolicySet present, PolicyChange change, VersionNote note)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.policies (tenant_id, id, version, cedar, deleted, changed_by)
                VALUES (?, ?, ?, ?, ?, ?)
                """)) {
            for (var policy : change.policies().entrySet()) {
                String before = present.policies().getOrDefault(policy.getKey(), "");
                insert.setObject(1, tenant);
                insert.setString(2, policy.getKey());
                insert.setLong(3, note.version());
                insert.setString(4, policy.getValue().orElse(before));
                insert.setBoolean(5, policy.getValue().isEmpty());
                insert.setString(6, note.publishedBy());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.policy_documents (tenant_id, kind, version, body, deleted) VALUES (?, ?, ?, ?, ?)
                """)) {
            for (var document : change.documents().entrySet()) {
                insert.setObject(1, tenant);
                insert.setString(2, document.getKey().label());
                insert.setLong(3, note.version());
                insert.setString(4, document.getValue().orElse(""));
                insert.setBoolean(5, document.getValue().isEmpty());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        for (var choice : change.shared().entrySet()) {
            choose(
                    connection,
                    tenant,
                    note.version(),
                    choice.getKey(),
                    choice.getValue()
                            .map(HeldSet::version)
                            .map(OptionalLong::of)
                            .orElse(OptionalLong.empty()));
        }
        note.insert(connection, tenant);
    }

    /** Writes that a shared set holds from a version of the tenant's policies on, or no more. */
    public static void choose(Connection connection, UUID tenant, long version, String set, OptionalLong setVersion)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.tenant_shared (tenant_id, set_id, version, set_version) VALUES (?, ?, ?, ?)
                """)) {
            insert.setObject(1, tenant);
            insert.setString(2, set);
            insert.setLong(3, version);
            insert.setObject(4, setVersion.isPresent() ? setVersion.getAsLong() : null, Types.BIGINT);
            insert.executeUpdate();
        }
    }
}
