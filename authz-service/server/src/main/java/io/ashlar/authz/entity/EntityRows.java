package io.ashlar.authz.entity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.body.Facts;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** The statements over registered types and their entities, within somebody's transaction. */
public final class EntityRows {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private EntityRows() {}

    /** A registered type since a revision. */
    record OwnedType(String type, long revision) {}

    /** The types that are registered at a revision. */
    public static Set<String> typesAt(Connection connection, UUID tenant, long revision) throws SQLException {
        Set<String> types = new HashSet<>();
        types(connection, tenant, revision, new Slice("", Integer.MAX_VALUE - 1))
                .forEach(type -> types.add(type.type()));
        return types;
    }

    static List<OwnedType> types(Connection connection, UUID tenant, long revision, Slice slice) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT type, revision FROM (
                    SELECT DISTINCT ON (type) type, revision, deleted FROM authz.entity_types
                    WHERE tenant_id = ? AND revision <= ? AND type > ?
                    ORDER BY type, revision DESC
                ) AS newest WHERE NOT deleted ORDER BY type LIMIT ?
                """)) {
            select.setObject(1, tenant);
            select.setLong(2, revision);
            select.setString(3, slice.after());
            select.setInt(4, slice.limit() + 1);
            List<OwnedType> types = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    types.add(new OwnedType(rows.getString(1), rows.getLong(2)));
                }
            }
            return types;
        }
    }

    static OptionalLong type(Connection connection, UUID tenant, String type) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT revision, deleted FROM authz.entity_types
                WHERE tenant_id = ? AND type = ? ORDER BY revision DESC LIMIT 1
                """)) {
            select.setObject(1, tenant);
            select.setString(2, type);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && !row.getBoolean(2) ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    static void putType(Connection connection, UUID tenant, OwnedType type, boolean deleted, String actor)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.entity_types (tenant_id, type, revision, deleted, changed_by) VALUES (?, ?, ?, ?, ?)
                """)) {
            insert.setObject(1, tenant);
            insert.setString(2, type.type());
            insert.setLong(3, type.revision());
            insert.setBoolean(4, deleted);
            insert.setString(5, actor);
            insert.executeUpdate();
        }
    }

    /** All entities at a revision. */
    public static List<Entity> entitiesAt(Connection connection, UUID tenant, long revision) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT type, id, parents, attributes, revision FROM (
                    SELECT DISTINCT ON (type, id) type, id, parents, attributes, revision, deleted FROM authz.entities
                    WHERE tenant_id = ? AND revision <= ?
                    ORDER BY type, id, revision DESC
                ) AS newest WHERE NOT deleted
                """)) {
            select.setObject(1, tenant);
            select.setLong(2, revision);
            List<Entity> entities = new ArrayList<>();
            for (OwnedEntity entity : read(select)) {
                entities.add(entity(entity));
            }
            return entities;
        }
    }

    static List<OwnedEntity> list(Connection connection, UUID tenant, String type, Slice slice) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT type, id, parents, attributes, revision FROM (
                    SELECT DISTINCT ON (id) type, id, parents, attributes, revision, deleted FROM authz.entities
                    WHERE tenant_id = ? AND type = ? AND id > ?
                    ORDER BY id, revision DESC
                ) AS newest WHERE NOT deleted ORDER BY id LIMIT ?
                """)) {
            select.setObject(1, tenant);
            select.setString(2, type);
            select.setString(3, slice.after());
            select.setInt(4, slice.limit() + 1);
            return read(select);
        }
    }

    static Optional<OwnedEntity> find(Connection connection, UUID tenant, EntityUid uid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT type, id, parents, attributes, revision FROM (
                    SELECT type, id, parents, attributes, revision, deleted FROM authz.entities
                    WHERE tenant_id = ? AND type = ? AND id = ? ORDER BY revision DESC LIMIT 1
                ) AS newest WHERE NOT deleted
                """)) {
            select.setObject(1, tenant);
            select.setString(2, uid.type());
            select.setString(3, uid.id());
            return read(select).stream().findFirst();
        }
    }

    static long count(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT count(*) FROM (
                    SELECT DISTINCT ON (type, id) deleted FROM authz.entities
                    WHERE tenant_id = ? ORDER BY type, id, revision DESC
                ) AS newest WHERE NOT deleted
                """)) {
            select.setObject(1, tenant);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Whether an entity is the parent of another. */
    static boolean isParent(Connection connection, UUID tenant, EntityUid uid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT EXISTS (
                    SELECT FROM (
                        SELECT DISTINCT ON (type, id) parents, deleted FROM authz.entities
                        WHERE tenant_id = ? ORDER BY type, id, revision DESC
                    ) AS newest WHERE NOT deleted AND parents @> ?::jsonb
                )
                """)) {
            select.setObject(1, tenant);
            select.setString(2, parents(List.of(uid)).toString());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    static void put(Connection connection, UUID tenant, OwnedEntity entity, boolean deleted, String actor)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.entities
                    (tenant_id, type, id, revision, parents, attributes, deleted, changed_by)
                VALUES (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)
                """)) {
            insert.setObject(1, tenant);
            insert.setString(2, entity.type());
            insert.setString(3, entity.id());
            insert.setLong(4, entity.revision());
            insert.setString(5, parents(entity.parents()).toString());
            insert.setString(6, entity.attributes().toString());
            insert.setBoolean(7, deleted);
            insert.setString(8, actor);
            insert.executeUpdate();
        }
    }

    static ArrayNode parents(List<EntityUid> parents) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        parents.forEach(parent -> array.addObject().put("type", parent.type()).put("id", parent.id()));
        return array;
    }

    private static Entity entity(OwnedEntity owned) throws SQLException {
        List<Fault> faults = new ArrayList<>();
        Entity entity = new Entity(
                new EntityUid(owned.type(), owned.id()),
                new Facts(faults).fields(owned.attributes(), ""),
                Set.copyOf(owned.parents()));
        if (!faults.isEmpty()) {
            throw new SQLException(
                    "stored attributes are not valid: " + faults.getFirst().pointer());
        }
        return entity;
    }

    private static List<OwnedEntity> read(PreparedStatement select) throws SQLException {
        List<OwnedEntity> entities = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                List<EntityUid> parents = new ArrayList<>();
                for (JsonNode parent : JSON.readTree(rows.getString(3))) {
                    parents.add(new EntityUid(
                            parent.path("type").asText(), parent.path("id").asText()));
                }
                entities.add(new OwnedEntity(
                        rows.getString(1),
                        rows.getString(2),
                        parents,
                        JSON.readTree(rows.getString(4)),
                        rows.getLong(5)));
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored entity is not JSON", e);
        }
        return entities;
    }
}
