package io.ashlar.cedar.value;

import io.ashlar.cedar.EntityUid;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The transitive closure of parents, by a depth-first walk with its own stack: a long chain of parents is no deep recursion. */
final class Ancestors {

    /** Most ancestors of one entity. */
    static final int PER_ENTITY_MAX = 10_000;

    /** Most entries of all ancestor sets of a store together: a chain of thousands has millions. */
    static final int PER_STORE_MAX = 5_000_000;

    private record Visit(EntityUid uid, Set<EntityUid> parents, Iterator<EntityUid> open) {}

    private final Map<EntityUid, EntityFacts> facts;
    private final @Nullable EntityStore below;
    private final Map<EntityUid, Set<EntityUid>> done = new HashMap<>();
    private final Set<EntityUid> underWay = new HashSet<>();
    private final Deque<Visit> stack = new ArrayDeque<>();
    // Users of the same groups share one set.
    private final Map<Set<EntityUid>, Set<EntityUid>> byParents = new HashMap<>();
    private long entries;

    Ancestors(Map<EntityUid, EntityFacts> facts, @Nullable EntityStore below) {
        this.facts = facts;
        this.below = below;
    }

    Map<EntityUid, Set<EntityUid>> compute() {
        for (EntityFacts entity : facts.values()) {
            if (!done.containsKey(entity.uid())) {
                push(entity);
                walk();
            }
        }
        return done;
    }

    private void push(EntityFacts entity) {
        underWay.add(entity.uid());
        stack.push(new Visit(entity.uid(), entity.parents(), entity.parents().iterator()));
    }

    private void walk() {
        while (!stack.isEmpty()) {
            Visit visit = stack.element();
            if (visit.open().hasNext()) {
                EntityUid parent = visit.open().next();
                if (underWay.contains(parent)) {
                    throw new IllegalArgumentException(
                            "the hierarchy goes in circles: " + visit.uid() + " descends from itself by " + parent);
                }
                EntityFacts entity = facts.get(parent);
                if (entity != null && !done.containsKey(parent)) {
                    push(entity);
                }
            } else {
                stack.pop();
                underWay.remove(visit.uid());
                done.put(visit.uid(), byParents.computeIfAbsent(visit.parents(), this::union));
            }
        }
    }

    private Set<EntityUid> union(Set<EntityUid> parents) {
        Set<EntityUid> ancestors = new HashSet<>(parents);
        for (EntityUid parent : parents) {
            ancestors.addAll(of(parent));
            if (ancestors.size() > PER_ENTITY_MAX) {
                throw new IllegalArgumentException("an entity has at most " + PER_ENTITY_MAX + " ancestors");
            }
        }
        entries += ancestors.size();
        if (entries > PER_STORE_MAX) {
            throw new IllegalArgumentException("entities have at most " + PER_STORE_MAX + " ancestors together");
        }
        return Set.copyOf(ancestors);
    }

    private Set<EntityUid> of(EntityUid uid) {
        Set<EntityUid> known = done.get(uid);
        if (known != null) {
            return known;
        }
        KnownEntity entity = below == null ? null : below.find(uid);
        return entity == null ? Set.of() : entity.ancestors();
    }
}
