package io.ashlar.cedar.value;

import io.ashlar.cedar.EntityUid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entities by name, with all their ancestors. Immutable and thread-safe. Building is linear in the number of entities and
 * ancestors; asking is one or two look-ups in hash tables.
 */
public final class EntityStore {

    /** No entities. */
    public static final EntityStore EMPTY = new EntityStore(null, Map.of());

    private final @Nullable EntityStore below;
    private final Map<EntityUid, KnownEntity> own;
    private final Set<EntityUid> dangling;

    private EntityStore(@Nullable EntityStore below, Map<EntityUid, KnownEntity> own) {
        this.below = below;
        this.own = own;
        this.dangling = new HashSet<>();
        for (KnownEntity entity : own.values()) {
            for (EntityUid parent : entity.parents()) {
                if (find(parent) == null) {
                    dangling.add(parent);
                }
            }
        }
    }

    /**
     * A store of these entities. A parent need not be among them.
     *
     * @throws IllegalArgumentException if the hierarchy goes in circles, an entity has more than 10,000 ancestors (all
     *     together: 5,000,000), or two different entities have one name
     */
    public static EntityStore of(Collection<EntityFacts> entities) {
        return entities.isEmpty() ? EMPTY : layer(null, entities);
    }

    /**
     * This store with more entities, at the cost of these alone as long as nothing that is here already depends on them; an
     * entity that is here already is replaced.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    public EntityStore with(Collection<EntityFacts> more) {
        if (more.isEmpty()) {
            return this;
        }
        if (below == null && own.isEmpty()) {
            return layer(null, more);
        }
        for (EntityFacts entity : more) {
            if (find(entity.uid()) != null || isDangling(entity.uid())) {
                return rebuilt(more);
            }
        }
        return layer(this, more);
    }

    /** The entity of that name, or null if nothing is known of it. */
    public @Nullable KnownEntity find(EntityUid uid) {
        for (EntityStore store = this; store != null; store = store.below) {
            KnownEntity entity = store.own.get(uid);
            if (entity != null) {
                return entity;
            }
        }
        return null;
    }

    /** All entities, in no order. */
    public List<KnownEntity> all() {
        List<KnownEntity> all = new ArrayList<>();
        for (EntityStore store = this; store != null; store = store.below) {
            all.addAll(store.own.values());
        }
        return all;
    }

    private boolean isDangling(EntityUid uid) {
        for (EntityStore store = this; store != null; store = store.below) {
            if (store.dangling.contains(uid)) {
                return true;
            }
        }
        return false;
    }

    private EntityStore rebuilt(Collection<EntityFacts> more) {
        Map<EntityUid, EntityFacts> facts = new HashMap<>();
        all().forEach(entity -> facts.put(entity.uid(), entity.facts()));
        byUid(more).forEach(facts::put);
        return layer(null, facts.values());
    }

    private static EntityStore layer(@Nullable EntityStore below, Collection<EntityFacts> entities) {
        Map<EntityUid, EntityFacts> facts = byUid(entities);
        Map<EntityUid, Set<EntityUid>> ancestors = ancestors(below, facts);
        Map<EntityUid, KnownEntity> own = HashMap.newHashMap(facts.size());
        facts.forEach((uid, entity) -> own.put(
                uid,
                new KnownEntity(
                        uid,
                        entity.attributes(),
                        entity.tags(),
                        entity.parents(),
                        ancestors.getOrDefault(uid, Set.of()))));
        return new EntityStore(below, own);
    }

    /** Facts that come with a request mostly have no parents: there is nothing to walk then. */
    private static Map<EntityUid, Set<EntityUid>> ancestors(
            @Nullable EntityStore below, Map<EntityUid, EntityFacts> facts) {
        for (EntityFacts entity : facts.values()) {
            if (!entity.parents().isEmpty()) {
                return new Ancestors(facts, below).compute();
            }
        }
        return Map.of();
    }

    private static Map<EntityUid, EntityFacts> byUid(Collection<EntityFacts> entities) {
        Map<EntityUid, EntityFacts> facts = HashMap.newHashMap(entities.size());
        for (EntityFacts entity : entities) {
            EntityFacts before = facts.put(entity.uid(), entity);
            if (before != null && !before.equals(entity)) {
                throw new IllegalArgumentException("two different entities are named " + entity.uid());
            }
        }
        return facts;
    }
}
