package io.ashlar.authz.shared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.policyset.HeldSet;
import io.ashlar.authz.policyset.Narrowing;
import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.filter.dsl.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The statements over shared sets, within somebody's transaction. */
public final class SharedRows {

    /** Any number that nobody else locks: "ashlar shared" by its initials. Publishing excludes, a tenant's choice shares. */
    private static final long LOCK = 0x6173_6861_7273_6861L;

    /** Whoever holds an older version than so many ago may gain by the newest, as far as is looked. */
    private static final int COMPARED_MAX = 100;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SharedRows() {}

    /** Publishing waits until this transaction ends: what is newest now stays so. Before any row of a tenant is locked. */
    public static void holdNewest(Connection connection) throws SQLException {
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

    /** What choices come to, with the texts of the versions. */
    public static PolicyChange chosen(Connection connection, SortedMap<String, OptionalLong> choices)
            throws SQLException {
        SortedMap<String, Optional<HeldSet>> sets = new TreeMap<>();
        for (Map.Entry<String, OptionalLong> choice : choices.entrySet()) {
            OptionalLong version = choice.getValue();
            sets.put(
                    choice.getKey(),
                    version.isEmpty()
                            ? Optional.empty()
                            : at(connection, choice.getKey(), version.getAsLong())
                                    .map(SharedVersion::held));
        }
        return new PolicyChange(new TreeMap<>(), Map.of(), sets);
    }

    /**
     * Choices that cannot be made: of sets that are not there, and of versions that are not the newest, are faults.
     *
     * @throws io.ashlar.authz.problem.ProblemException {@code shared_set_mandatory}
     */
    public static void check(Connection connection, SortedMap<String, OptionalLong> choices, List<Fault> faults)
            throws SQLException {
        for (Map.Entry<String, OptionalLong> choice : choices.entrySet()) {
            String pointer = "/shared/" + Bodies.escape(choice.getKey());
            SharedVersion newest = newest(connection, choice.getKey()).orElse(null);
            if (newest == null) {
                faults.add(new Fault("value_invalid", pointer, "there is no such set"));
            } else if (choice.getValue().isEmpty()) {
                newest.requireLeavable();
            } else if (choice.getValue().getAsLong() != newest.version()) {
                faults.add(new Fault("out_of_range", pointer, "expected " + newest.version() + ", the newest version"));
            }
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
     * Puts a version in force in every tenant that takes the set: counts a change in each, says what it is, and tells the relay. A
     * tenant that asks for impacts keeps the version that it holds where somebody might gain by this one, unless it is mandatory.
     *
     * @return how many tenants
     */
    static int spread(Connection connection, SharedVersion set) throws SQLException {
        try (PreparedStatement spread = connection.prepareStatement("""
                WITH takers AS (
                    SELECT tenant.tenant_id FROM authz.revisions AS tenant
                    LEFT JOIN LATERAL (
                        SELECT true AS chosen, choice.set_version FROM authz.tenant_shared AS choice
                        WHERE choice.tenant_id = tenant.tenant_id AND choice.set_id = ?
                        ORDER BY choice.version DESC LIMIT 1
                    ) AS held ON true
                    LEFT JOIN authz.policy_settings AS settings ON settings.tenant_id = tenant.tenant_id
                    WHERE ? OR (
                        (held.chosen IS NULL OR held.set_version IS NOT NULL)
                        AND (settings.impact IS DISTINCT FROM 'required' OR coalesce(held.set_version, 0) = ANY (?))
                    )
                    ORDER BY tenant.tenant_id FOR UPDATE OF tenant
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
            spread.setString(1, set.id());
            spread.setBoolean(2, set.mandatory());
            spread.setArray(
                    3,
                    connection.createArrayOf("bigint", narrowed(connection, set).toArray()));
            spread.setString(4, set.id());
            spread.setLong(5, set.version());
            spread.setString(6, set.id());
            spread.setString(7, set.reason());
            spread.setString(8, "platform");
            return spread.executeUpdate();
        }
    }

    /** Versions of which this one is a narrowing; 0 is the tenant that holds none yet. */
    private static List<Long> narrowed(Connection connection, SharedVersion set) throws SQLException {
        List<Long> narrowed = new ArrayList<>();
        if (Narrowing.between(List.of(), set.policies().values())) {
            narrowed.add(0L);
        }
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT set_id, version, policies, tests, mandatory, reason, published_by, published_at
                FROM authz.shared_versions WHERE set_id = ? AND version < ? ORDER BY version DESC LIMIT ?
                """)) {
            select.setString(1, set.id());
            select.setLong(2, set.version());
            select.setInt(3, COMPARED_MAX);
            for (SharedVersion earlier : read(select)) {
                if (Narrowing.between(
                        earlier.policies().values(), set.policies().values())) {
                    narrowed.add(earlier.version());
                }
            }
        }
        return narrowed;
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
