package io.ashlar.authz.snapshot;

import io.ashlar.authz.database.Versions;
import io.ashlar.authz.planning.PolicyTree;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.PolicyEngine.CompiledPolicies;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Everything that decides for a tenant, at one revision.
 *
 * @param tenant whose
 * @param versions at which revision and policy version
 * @param policies ready to decide
 * @param trees the same policies, ready to plan
 * @param principals users, groups and roles by name
 */
public record TenantSnapshot(
        UUID tenant,
        Versions versions,
        CompiledPolicies policies,
        List<PolicyTree> trees,
        Map<EntityUid, Entity> principals) {

    /** Types whose entities live here: what a request says of them is ignored. */
    public static final Set<String> OWN_TYPES = Set.of("User", "Group", "Role");

    public TenantSnapshot {
        trees = List.copyOf(trees);
        principals = Map.copyOf(principals);
    }

    /** The entity, bare if it is not known here. */
    public Entity entity(EntityUid uid) {
        Entity known = principals.get(uid);
        return known == null ? Entity.bare(uid) : known;
    }

    /** The entity and all it is in, each once. */
    public Collection<Entity> closure(EntityUid uid) {
        List<Entity> closure = new ArrayList<>();
        Set<EntityUid> seen = new HashSet<>(Set.of(uid));
        Deque<EntityUid> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Entity entity = entity(open.removeFirst());
            closure.add(entity);
            for (EntityUid parent : entity.parents()) {
                if (seen.add(parent)) {
                    open.addLast(parent);
                }
            }
        }
        return closure;
    }

    /** Whether {@code child} is {@code ancestor} or is in it. */
    public boolean isIn(EntityUid child, EntityUid ancestor) {
        return closure(child).stream().anyMatch(entity -> entity.uid().equals(ancestor));
    }
}
