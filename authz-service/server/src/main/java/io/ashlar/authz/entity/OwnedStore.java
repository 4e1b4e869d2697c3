package io.ashlar.authz.entity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.database.QuotaConfig;
import io.ashlar.authz.entity.EntityRows.OwnedType;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.snapshot.Snapshots;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.tenant.SqlWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Registered types and their entities in PostgreSQL. Blocks. */
@ApplicationScoped
class OwnedStore {

    private final AuthzDatabase database;
    private final Snapshots snapshots;
    private final QuotaConfig quota;

    OwnedStore(AuthzDatabase database, Snapshots snapshots, QuotaConfig quota) {
        this.database = database;
        this.snapshots = snapshots;
        this.quota = quota;
    }

    /** What was written. */
    record Written<T>(T state, boolean created) {}

    static ProblemException notFound(String what) {
        return new ProblemException(DoorError.NOT_FOUND, "there is no such " + what);
    }

    List<OwnedType> types(UUID tenant, Slice slice) {
        return database.inTenant(tenant, connection -> EntityRows.types(connection, tenant, Long.MAX_VALUE, slice));
    }

    OwnedType type(UUID tenant, String type) {
        OptionalLong revision = database.inTenant(tenant, connection -> EntityRows.type(connection, tenant, type));
        return new OwnedType(type, revision.orElseThrow(() -> notFound("registered type")));
    }

    Written<OwnedType> putType(UUID tenant, String actor, String type, Expected expected) {
        return changing(tenant, connection -> {
            OptionalLong present = EntityRows.type(connection, tenant, type);
            expected.require(present);
            if (present.isPresent()) {
                return new Written<>(new OwnedType(type, present.getAsLong()), false);
            }
            int types = EntityRows.typesAt(connection, tenant, Long.MAX_VALUE).size();
            if (types >= quota.entityTypes()) {
                throw new ProblemException(
                        AuthzError.QUOTA_EXCEEDED, "entity types: a tenant has at most " + quota.entityTypes());
            }
            OwnedType registered = new OwnedType(type, count(connection, tenant));
            EntityRows.putType(connection, tenant, registered, false, actor);
            return new Written<>(registered, true);
        });
    }

    void deleteType(UUID tenant, String actor, String type, Expected expected) {
        changing(tenant, connection -> {
            OptionalLong present = EntityRows.type(connection, tenant, type);
            expected.require(present);
            if (present.isEmpty()) {
                throw notFound("registered type");
            }
            if (!EntityRows.list(connection, tenant, type, new Slice("", 1)).isEmpty()) {
                throw new ProblemException(AuthzError.ENTITY_IN_USE, "the type still has entities");
            }
            EntityRows.putType(connection, tenant, new OwnedType(type, count(connection, tenant)), true, actor);
            return type;
        });
    }

    List<OwnedEntity> entities(UUID tenant, String type, Slice slice) {
        return database.inTenant(tenant, connection -> {
            requireType(connection, tenant, type);
            return EntityRows.list(connection, tenant, type, slice);
        });
    }

    OwnedEntity entity(UUID tenant, EntityUid uid) {
        return database.inTenant(tenant, connection -> {
                    requireType(connection, tenant, uid.type());
                    return EntityRows.find(connection, tenant, uid);
                })
                .orElseThrow(() -> notFound("entity"));
    }

    /** Writes a state; the same state again changes nothing. */
    Written<OwnedEntity> put(UUID tenant, String actor, OwnedEntity wanted, Expected expected) {
        EntityUid uid = new EntityUid(wanted.type(), wanted.id());
        return changing(tenant, connection -> {
            requireType(connection, tenant, wanted.type());
            Optional<OwnedEntity> present = EntityRows.find(connection, tenant, uid);
            require(expected, present);
            if (present.isPresent() && present.get().saysTheSame(wanted)) {
                return new Written<>(present.get(), false);
            }
            requireSound(connection, tenant, uid, wanted.parents());
            if (present.isEmpty() && EntityRows.count(connection, tenant) >= quota.entities()) {
                throw new ProblemException(
                        AuthzError.QUOTA_EXCEEDED, "entities: a tenant has at most " + quota.entities());
            }
            OwnedEntity numbered = new OwnedEntity(
                    wanted.type(), wanted.id(), wanted.parents(), wanted.attributes(), count(connection, tenant));
            EntityRows.put(connection, tenant, numbered, false, actor);
            return new Written<>(numbered, present.isEmpty());
        });
    }

    void delete(UUID tenant, String actor, EntityUid uid, Expected expected) {
        changing(tenant, connection -> {
            requireType(connection, tenant, uid.type());
            Optional<OwnedEntity> present = EntityRows.find(connection, tenant, uid);
            require(expected, present);
            if (present.isEmpty()) {
                throw notFound("entity");
            }
            if (EntityRows.isParent(connection, tenant, uid)) {
                throw new ProblemException(AuthzError.ENTITY_IN_USE, "other entities are in it");
            }
            OwnedEntity nothing = new OwnedEntity(
                    uid.type(), uid.id(), List.of(), JsonNodeFactory.instance.objectNode(), count(connection, tenant));
            EntityRows.put(connection, tenant, nothing, true, actor);
            return uid;
        });
    }

    private <T> T changing(UUID tenant, SqlWork<T> work) {
        return snapshots.changing(
                tenant,
                () -> database.inTenant(tenant, connection -> {
                    ChangeCounter.lock(connection, tenant);
                    return work.run(connection);
                }));
    }

    /** Announced before the commit: at worst a snapshot is read once more. */
    private long count(Connection connection, UUID tenant) throws SQLException {
        long revision = ChangeCounter.count(connection, tenant, ChangeCounter.Kind.PRINCIPAL)
                .revision();
        snapshots.require(tenant, revision);
        return revision;
    }

    private static void require(Expected expected, Optional<OwnedEntity> present) {
        expected.require(
                present.map(entity -> OptionalLong.of(entity.revision())).orElse(OptionalLong.empty()));
    }

    private static void requireType(Connection connection, UUID tenant, String type) throws SQLException {
        if (EntityRows.type(connection, tenant, type).isEmpty()) {
            throw notFound("registered type");
        }
    }

    /** Every parent is there, and the hierarchy is one that a snapshot can hold: no circles, not too many ancestors. */
    private static void requireSound(Connection connection, UUID tenant, EntityUid uid, List<EntityUid> parents)
            throws SQLException {
        if (parents.isEmpty()) {
            return;
        }
        Map<EntityUid, Entity> all = new HashMap<>();
        EntityRows.entitiesAt(connection, tenant, Long.MAX_VALUE).forEach(entity -> all.put(entity.uid(), entity));
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < parents.size(); i++) {
            if (!all.containsKey(parents.get(i))) {
                faults.add(
                        new Fault("unknown_entity", "/parents/" + i, "there is no such entity of a registered type"));
            }
        }
        all.put(uid, new Entity(uid, Map.of(), Set.copyOf(parents)));
        try {
            EntityStore.of(all.values().stream().map(EntityFacts::of).toList());
        } catch (IllegalArgumentException e) {
            faults.add(new Fault("hierarchy_invalid", "/parents", String.valueOf(e.getMessage())));
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(AuthzError.ENTITY_INVALID, "the entity cannot be in these parents", faults);
        }
    }
}
