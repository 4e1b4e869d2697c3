package io.ashlar.authz.principal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.principal.Principal.Kind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The statements over {@code authz.principals}, within somebody's transaction. */
final class PrincipalRows {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private PrincipalRows() {}

    static Optional<Principal> find(Connection connection, UUID tenant, Kind kind, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, revision, roles, groups, attributes FROM (
                    SELECT id, revision, roles, groups, attributes, deleted FROM authz.principals
                    WHERE tenant_id = ? AND kind = ? AND id = ? ORDER BY revision DESC LIMIT 1
                ) AS newest WHERE NOT deleted
                """)) {
            select.setObject(1, tenant);
            select.setString(2, kind.stored());
            select.setString(3, id);
            return read(select, kind).stream().findFirst();
        }
    }

    static List<Principal> list(Connection connection, UUID tenant, Kind kind, Slice slice) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, revision, roles, groups, attributes FROM (
                    SELECT DISTINCT ON (id) id, revision, roles, groups, attributes, deleted FROM authz.principals
                    WHERE tenant_id = ? AND kind = ? AND id > ?
                    ORDER BY id, revision DESC
                ) AS newest WHERE NOT deleted ORDER BY id LIMIT ?
                """)) {
            select.setObject(1, tenant);
            select.setString(2, kind.stored());
            select.setString(3, slice.after());
            select.setInt(4, slice.limit() + 1);
            return read(select, kind);
        }
    }

    static void insert(Connection connection, UUID tenant, Principal principal, boolean deleted, String actor)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.principals
                    (tenant_id, kind, id, revision, roles, groups, attributes, deleted, changed_by)
                VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
                """)) {
            insert.setObject(1, tenant);
            insert.setString(2, principal.kind().stored());
            insert.setString(3, principal.id());
            insert.setLong(4, principal.revision());
            insert.setArray(
                    5, connection.createArrayOf("text", principal.roles().toArray()));
            insert.setArray(
                    6, connection.createArrayOf("text", principal.groups().toArray()));
            insert.setString(7, principal.attributes().toString());
            insert.setBoolean(8, deleted);
            insert.setString(9, actor);
            insert.executeUpdate();
        }
    }

    /** The ids of a kind that are there among those asked for. */
    static Set<String> existing(Connection connection, UUID tenant, Kind kind, List<String> ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id FROM (
                    SELECT DISTINCT ON (id) id, deleted FROM authz.principals
                    WHERE tenant_id = ? AND kind = ? AND id = ANY (?)
                    ORDER BY id, revision DESC
                ) AS newest WHERE NOT deleted
                """)) {
            select.setObject(1, tenant);
            select.setString(2, kind.stored());
            select.setArray(3, connection.createArrayOf("text", ids.toArray()));
            Set<String> existing = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    existing.add(rows.getString(1));
                }
            }
            return existing;
        }
    }

    /** Which groups each group is in, or which roles each role is in. */
    static Map<String, List<String>> parents(Connection connection, UUID tenant, Kind kind) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, roles, groups FROM (
                    SELECT DISTINCT ON (id) id, roles, groups, deleted FROM authz.principals
                    WHERE tenant_id = ? AND kind = ?
                    ORDER BY id, revision DESC
                ) AS newest WHERE NOT deleted
                """)) {
            select.setObject(1, tenant);
            select.setString(2, kind.stored());
            Map<String, List<String>> parents = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    parents.put(rows.getString(1), texts(rows.getArray(kind == Kind.ROLE ? 2 : 3)));
                }
            }
            return parents;
        }
    }

    /** How many there are of these kinds together. */
    static long count(Connection connection, UUID tenant, List<Kind> kinds) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT count(*) FROM (
                    SELECT DISTINCT ON (kind, id) deleted FROM authz.principals
                    WHERE tenant_id = ? AND kind = ANY (?)
                    ORDER BY kind, id, revision DESC
                ) AS newest WHERE NOT deleted
                """)) {
            select.setObject(1, tenant);
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text", kinds.stream().map(Kind::stored).toArray()));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Whether anybody has a role, or is in it. */
    static boolean isGiven(Connection connection, UUID tenant, String role) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT EXISTS (
                    SELECT FROM (
                        SELECT DISTINCT ON (kind, id) roles, deleted FROM authz.principals
                        WHERE tenant_id = ? ORDER BY kind, id, revision DESC
                    ) AS newest WHERE NOT deleted AND ? = ANY (roles)
                )
                """)) {
            select.setObject(1, tenant);
            select.setString(2, role);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Takes everybody out of a group, in one revision. */
    static void disband(Connection connection, UUID tenant, Principal group, String actor) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.principals
                    (tenant_id, kind, id, revision, roles, groups, attributes, deleted, changed_by)
                SELECT tenant_id, kind, id, ?, roles, array_remove(groups, ?), attributes, false, ? FROM (
                    SELECT DISTINCT ON (kind, id) * FROM authz.principals
                    WHERE tenant_id = ? ORDER BY kind, id, revision DESC
                ) AS newest WHERE NOT deleted AND ? = ANY (groups)
                """)) {
            insert.setLong(1, group.revision());
            insert.setString(2, group.id());
            insert.setString(3, actor);
            insert.setObject(4, tenant);
            insert.setString(5, group.id());
            insert.executeUpdate();
        }
    }

    private static List<Principal> read(PreparedStatement select, Kind kind) throws SQLException {
        List<Principal> principals = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                principals.add(new Principal(
                        kind,
                        rows.getString(1),
                        rows.getLong(2),
                        texts(rows.getArray(3)),
                        texts(rows.getArray(4)),
                        JSON.readTree(rows.getString(5))));
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("stored attributes are not JSON", e);
        }
        return principals;
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
