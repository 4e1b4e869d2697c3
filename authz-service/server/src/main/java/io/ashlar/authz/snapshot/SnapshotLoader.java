package io.ashlar.authz.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.body.Facts;
import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.entity.EntityRows;
import io.ashlar.authz.planning.PolicyTree;
import io.ashlar.authz.policyset.PolicySets;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.eval.CedarEngine;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.filter.dsl.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads snapshots: append-only rows make three statements at one revision consistent. */
@ApplicationScoped
public class SnapshotLoader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final AuthzDatabase database;
    private final CedarEngine engine;

    SnapshotLoader(AuthzDatabase database, CedarEngine engine) {
        this.database = database;
        this.engine = engine;
    }

    /** The tenant's counters; empty if there is no such tenant. */
    Optional<Versions> versions(UUID tenant) {
        return database.inTenant(tenant, connection -> ChangeCounter.read(connection, tenant));
    }

    /**
     * The tenant's snapshot, newest.
     *
     * @param previous whose compiled policies are used again if the policies did not change
     */
    Optional<TenantSnapshot> load(UUID tenant, @Nullable TenantSnapshot previous) {
        return read(tenant, previous, null);
    }

    /** What decided for the tenant at these versions; empty if it never had them. */
    public Optional<TenantSnapshot> at(UUID tenant, Versions then) {
        return read(tenant, null, then);
    }

    private Optional<TenantSnapshot> read(UUID tenant, @Nullable TenantSnapshot previous, @Nullable Versions then) {
        return database.inTenant(tenant, connection -> {
            Versions newest = ChangeCounter.read(connection, tenant).orElse(null);
            Versions versions = then == null ? newest : then;
            if (newest == null || versions == null || versions.isAfter(newest)) {
                return Optional.empty();
            }
            EntityStore principals = entities(connection, tenant, versions.revision());
            Set<String> types = EntityRows.typesAt(connection, tenant, versions.revision());
            if (previous != null && previous.versions().policyVersion() == versions.policyVersion()) {
                return Optional.of(new TenantSnapshot(
                        tenant,
                        versions,
                        previous.policies(),
                        previous.sources(),
                        previous.trees(),
                        principals,
                        types));
            }
            List<PolicySource> sources =
                    PolicySets.at(connection, tenant, versions.policyVersion()).sources();
            return Optional.of(new TenantSnapshot(
                    tenant,
                    versions,
                    engine.compile(sources),
                    sources,
                    sources.stream().map(PolicyTree::of).toList(),
                    principals,
                    types));
        });
    }

    private static EntityStore entities(Connection connection, UUID tenant, long revision) throws SQLException {
        List<EntityFacts> entities = principals(connection, tenant, revision);
        EntityRows.entitiesAt(connection, tenant, revision).forEach(entity -> entities.add(EntityFacts.of(entity)));
        return EntityStore.of(entities);
    }

    private static List<EntityFacts> principals(Connection connection, UUID tenant, long revision) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT kind, id, roles, groups, attributes FROM (
                    SELECT DISTINCT ON (kind, id) kind, id, roles, groups, attributes, deleted FROM authz.principals
                    WHERE tenant_id = ? AND revision <= ?
                    ORDER BY kind, id, revision DESC
                ) AS newest WHERE NOT deleted
                """)) {
            select.setObject(1, tenant);
            select.setLong(2, revision);
            List<EntityFacts> principals = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    principals.add(EntityFacts.of(entity(rows)));
                }
            }
            return principals;
        }
    }

    private static Entity entity(ResultSet row) throws SQLException {
        String type =
                switch (row.getString("kind")) {
                    case "user" -> "User";
                    case "group" -> "Group";
                    case "role" -> "Role";
                    default -> throw new SQLException("a principal of an unknown kind");
                };
        Set<EntityUid> parents = new HashSet<>();
        texts(row.getArray("roles")).forEach(role -> parents.add(new EntityUid("Role", role)));
        texts(row.getArray("groups")).forEach(group -> parents.add(new EntityUid("Group", group)));
        return new Entity(new EntityUid(type, row.getString("id")), attributes(row.getString("attributes")), parents);
    }

    private static Map<String, CedarValue> attributes(String json) throws SQLException {
        List<Fault> faults = new ArrayList<>();
        try {
            Map<String, CedarValue> attributes = new Facts(faults).fields(JSON.readTree(json), "");
            if (!faults.isEmpty()) {
                throw new SQLException(
                        "stored attributes are not valid: " + faults.getFirst().pointer());
            }
            return attributes;
        } catch (JsonProcessingException e) {
            throw new SQLException("stored attributes are not JSON", e);
        }
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
