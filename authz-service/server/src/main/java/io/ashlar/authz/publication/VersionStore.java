package io.ashlar.authz.publication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.policyset.PolicySets;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Versions in PostgreSQL, to be read. Blocks. */
@ApplicationScoped
class VersionStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AuthzDatabase database;

    VersionStore(AuthzDatabase database) {
        this.database = database;
    }

    /** Two versions, to be compared. */
    record Pair(PolicySet from, PolicySet to) {}

    /** Newest first; one more than the slice wants. */
    List<VersionView> list(UUID tenant, Slice slice) {
        long below = slice.after().isEmpty() ? Long.MAX_VALUE : Long.parseLong(slice.after());
        return database.inTenant(tenant, connection -> read(connection, tenant, 1, below - 1, slice.limit() + 1));
    }

    VersionView find(UUID tenant, long version) {
        return database.inTenant(tenant, connection -> read(connection, tenant, version, version, 1)).stream()
                .findFirst()
                .orElseThrow(VersionStore::notFound);
    }

    PolicySet at(UUID tenant, long version) {
        return database.inTenant(tenant, connection -> {
            require(connection, tenant, version);
            return PolicySets.at(connection, tenant, version);
        });
    }

    Pair pair(UUID tenant, long from, long to) {
        return database.inTenant(tenant, connection -> {
            require(connection, tenant, Math.min(from, to));
            require(connection, tenant, Math.max(from, to));
            return new Pair(PolicySets.at(connection, tenant, from), PolicySets.at(connection, tenant, to));
        });
    }

    private static void require(Connection connection, UUID tenant, long version) throws SQLException {
        long newest = ChangeCounter.read(connection, tenant)
                .orElseThrow(() -> new ProblemException(AuthzError.TENANT_UNKNOWN, "the tenant does not exist"))
                .policyVersion();
        if (version < 1 || version > newest) {
            throw notFound();
        }
    }

    static ProblemException notFound() {
        return new ProblemException(DoorError.NOT_FOUND, "there is no such version");
    }

    /** Versions older than their notes are told from the policies that came with them. */
    private static List<VersionView> read(Connection connection, UUID tenant, long from, long to, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT known.version, coalesce(note.kind, CASE known.version WHEN 1 THEN 'created' ELSE 'edit' END),
                    note.source, note.reason, note.drafted_by,
                    coalesce(note.published_by, known.changed_by), coalesce(note.published_at, known.changed_at),
                    note.impact
                FROM (
                    SELECT version, min(changed_by) AS changed_by, min(changed_at) AS changed_at FROM (
                        SELECT version, changed_by, changed_at FROM authz.policies
                        WHERE tenant_id = ? AND version BETWEEN ? AND ?
                        UNION ALL
                        SELECT version, published_by, published_at FROM authz.policy_versions
                        WHERE tenant_id = ? AND version BETWEEN ? AND ?
                    ) AS mentions GROUP BY version ORDER BY version DESC LIMIT ?
                ) AS known
                LEFT JOIN authz.policy_versions AS note ON note.tenant_id = ? AND note.version = known.version
                ORDER BY known.version DESC
                """)) {
            select.setObject(1, tenant);
            select.setLong(2, from);
            select.setLong(3, to);
            select.setObject(4, tenant);
            select.setLong(5, from);
            select.setLong(6, to);
            select.setInt(7, limit);
            select.setObject(8, tenant);
            List<VersionView> versions = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    versions.add(new VersionView(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getString(6),
                            rows.getObject(7, OffsetDateTime.class).toInstant(),
                            impact(rows.getString(8))));
                }
            }
            return versions;
        }
    }

    private static @Nullable JsonNode impact(@Nullable String json) throws SQLException {
        try {
            return json == null ? null : JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored impact is not JSON", e);
        }
    }
}
