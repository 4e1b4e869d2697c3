package io.ashlar.authz.snapshot;

import io.ashlar.authz.database.Versions;
import io.ashlar.authz.planning.PolicyTree;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.eval.CompiledPolicySet;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.cedar.value.KnownEntity;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Everything that decides for a tenant, at one revision.
 *
 * @param tenant whose
 * @param versions at which revision and policy version
 * @param policies ready to decide
 * @param sources the same policies as their authors wrote them, in order of their ids
 * @param trees the same policies, ready to plan
 * @param principals users, groups and roles, with their ancestors; facts of one request are laid over them
 */
public record TenantSnapshot(
        UUID tenant,
        Versions versions,
        CompiledPolicySet policies,
        List<PolicySource> sources,
        List<PolicyTree> trees,
        EntityStore principals) {

    /** Types whose entities live here: what a request says of them is ignored. */
    public static final Set<String> OWN_TYPES = Set.of("User", "Group", "Role");

    public TenantSnapshot {
        sources = List.copyOf(sources);
        trees = List.copyOf(trees);
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
