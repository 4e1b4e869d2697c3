package io.ashlar.authz.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.policyset.ChangeJson;
import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.shared.SharedRows;
import io.ashlar.filter.dsl.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements over {@code authz.policy_drafts}, within somebody's transaction. */
final class DraftRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DraftRows() {}

    static Optional<Draft> find(Connection connection, UUID tenant, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, edition, base_version, changes, reason, changed_by, changed_at FROM authz.policy_drafts
                WHERE tenant_id = ? AND id = ?
                """)) {
            select.setObject(1, tenant);
            select.setString(2, id);
            return read(connection, select).stream().findFirst();
        }
    }

    /** One more than the slice wants. */
    static List<Draft> list(Connection connection, UUID tenant, Slice slice) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, edition, base_version, '{}'::jsonb, reason, changed_by, changed_at FROM authz.policy_drafts
                WHERE tenant_id = ? AND id > ? ORDER BY id LIMIT ?
                """)) {
            select.setObject(1, tenant);
            select.setString(2, slice.after());
            select.setInt(3, slice.limit() + 1);
            return read(connection, select);
        }
    }

    static long count(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT count(*) FROM authz.policy_drafts WHERE tenant_id = ?")) {
            select.setObject(1, tenant);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    static void put(
            Connection connection,
            UUID tenant,
            String id,
            long base,
            PolicyChange change,
            @Nullable String reason,
            String actor)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO authz.policy_drafts (tenant_id, id, edition, base_version, changes, reason, changed_by)
                VALUES (?, ?, nextval('authz.draft_editions'), ?, ?::jsonb, ?, ?)
                ON CONFLICT (tenant_id, id) DO UPDATE SET edition = excluded.edition,
                    base_version = excluded.base_version, changes = excluded.changes, reason = excluded.reason,
                    changed_by = excluded.changed_by, changed_at = clock_timestamp()
                """)) {
            upsert.setObject(1, tenant);
            upsert.setString(2, id);
            upsert.setLong(3, base);
            upsert.setString(4, ChangeJson.write(change).toString());
            upsert.setString(5, reason);
            upsert.setString(6, actor);
            upsert.executeUpdate();
        }
    }

    static boolean delete(Connection connection, UUID tenant, String id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM authz.policy_drafts WHERE tenant_id = ? AND id = ?")) {
            delete.setObject(1, tenant);
            delete.setString(2, id);
            return delete.executeUpdate() == 1;
        }
    }

    private static List<Draft> read(Connection connection, PreparedStatement select) throws SQLException {
        List<Draft> drafts = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                drafts.add(new Draft(
                        rows.getString(1),
                        rows.getLong(2),
                        rows.getLong(3),
                        change(connection, rows.getString(4)),
                        rows.getString(5),
                        rows.getString(6),
                        rows.getObject(7, OffsetDateTime.class).toInstant()));
            }
        }
        return drafts;
    }

    private static PolicyChange change(Connection connection, String json) throws SQLException {
        List<Fault> faults = new ArrayList<>();
        try {
            JsonNode read = JSON.readTree(json);
            PolicyChange change = ChangeJson.stored(read, faults);
            SortedMap<String, OptionalLong> choices = ChangeJson.choices(read, faults);
            if (!faults.isEmpty()) {
                throw new SQLException(
                        "a stored draft is not valid: " + faults.getFirst().pointer());
            }
            return change.and(SharedRows.chosen(connection, choices));
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored draft is not JSON", e);
        }
    }
}
