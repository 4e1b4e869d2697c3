package io.ashlar.authz.snapshot;

import io.ashlar.authz.database.Versions;
import io.ashlar.authz.planning.PolicyTree;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.eval.CompiledPolicySet;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.cedar.value.KnownEntity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Everything that decides for a tenant, at one revision.
 *
 * @param tenant whose
 * @param versions at which revision and policy version
 * @param policies ready to decide
 * @param sources the same as their authors wrote them: the tenant's own by id, then shared ones as {@code shared:<set>:<id>}
 * @param trees the same, ready to plan
 * @param principals users, groups, roles, and entities of registered types, with their ancestors; facts of one request are laid
 *     over them
 * @param registeredTypes types that the tenant has registered as authz's own
 */
public record TenantSnapshot(
        UUID tenant,
        Versions versions,
        CompiledPolicySet policies,
        List<PolicySource> sources,
        List<PolicyTree> trees,
        EntityStore principals,
        Set<String> registeredTypes) {

    /** Types whose entities live here in every tenant: what a request says of them is ignored. */
    public static final Set<String> OWN_TYPES = Set.of("User", "Group", "Role");

    public TenantSnapshot {
        sources = List.copyOf(sources);
        trees = List.copyOf(trees);
        registeredTypes = Set.copyOf(registeredTypes);
    }

    /** Whether entities of the type live here: a type has exactly one owner. */
    public boolean owns(String type) {
        return OWN_TYPES.contains(type) || registeredTypes.contains(type);
    }

    /** Whether the policies are at most so long together, in characters: what a decision takes at worst grows with that. */
    public boolean withinLength(long charactersMax) {
        long characters = 0;
        for (PolicySource source : sources) {
            characters += source.text().length();
            if (characters > charactersMax) {
                return false;
            }
        }
        return true;
    }

    /** All types whose entities live here. */
    public Set<String> ownTypes() {
        Set<String> types = new HashSet<>(OWN_TYPES);
        types.addAll(registeredTypes);
        return types;
    }

    /** Whether {@code child} is {@code ancestor} or is in it. */
    public boolean isIn(EntityUid child, EntityUid ancestor) {
        if (child.equals(ancestor)) {
            return true;
        }
        KnownEntity known = principals.find(child);
        return known != null && known.ancestors().contains(ancestor);
    }
}
