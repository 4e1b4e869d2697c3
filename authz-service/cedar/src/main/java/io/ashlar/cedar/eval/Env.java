package io.ashlar.cedar.eval;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.cedar.value.KnownEntity;
import io.ashlar.cedar.value.Value;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What closures read: the request and the entities, with the three that are asked for most already found. */
final class Env {

    /** For what depends on nothing. */
    static final Env NOTHING = new Env(
            new Request(new EntityUid("_", ""), new EntityUid("_", ""), new EntityUid("_", ""), Value.Fields.NONE),
            EntityStore.EMPTY);

    final Party principal;
    final Party action;
    final Party resource;
    final Value.Fields context;
    private final EntityStore entities;

    /** One of the three, with what is known of it. */
    record Party(Value.Reference reference, @Nullable KnownEntity entity) {

        Set<EntityUid> ancestors() {
            return entity == null ? Set.of() : entity.ancestors();
        }

        EntityUid uid() {
            return reference.uid();
        }
    }

    Env(Request request, EntityStore entities) {
        this.principal = party(request.principal(), entities);
        this.action = party(request.action(), entities);
        this.resource = party(request.resource(), entities);
        this.context = request.context();
        this.entities = entities;
    }

    private static Party party(EntityUid uid, EntityStore entities) {
        return new Party(new Value.Reference(uid), entities.find(uid));
    }

    @Nullable KnownEntity find(EntityUid uid) {
        return entities.find(uid);
    }

    /** Whether {@code uid} is {@code other} or descends from it. */
    boolean isIn(EntityUid uid, EntityUid other) {
        if (uid.equals(other)) {
            return true;
        }
        KnownEntity entity = entities.find(uid);
        return entity != null && entity.ancestors().contains(other);
    }
}
