package io.ashlar.authz.accessreview;

import io.ashlar.authz.accessreview.Grant.Name;
import io.ashlar.authz.planning.PolicyTree;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.cedar.Effect;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.ActionScope;
import io.ashlar.cedar.syntax.EntityScope;
import io.ashlar.cedar.syntax.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which actions policies permit to whoever has a role or is in a group, by the policies' heads: without their conditions, and
 * without what other policies forbid. For people who review; nothing is decided by it. Not thread-safe, for one page.
 */
final class GrantedActions {

    /** Names shown of one grant. */
    static final int ACTIONS_MAX = 200;

    private static final String ALL = "*";

    private final TenantSnapshot snapshot;
    private final Map<Name, List<String>> known = new HashMap<>();

    GrantedActions(TenantSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    List<String> of(Name grant) {
        return known.computeIfAbsent(grant, this::actions);
    }

    private List<String> actions(Name grant) {
        EntityUid uid = new EntityUid(grant.type(), grant.id());
        SortedSet<String> actions = new TreeSet<>();
        for (PolicyTree tree : snapshot.trees()) {
            Policy policy = tree.policy();
            if (policy.effect() == Effect.PERMIT && speaksOf(policy.principal(), uid)) {
                actions.addAll(names(policy.action()));
            }
        }
        return new ArrayList<>(actions).subList(0, Math.min(actions.size(), ACTIONS_MAX));
    }

    private boolean speaksOf(EntityScope scope, EntityUid uid) {
        return switch (scope) {
            case EntityScope.Any any -> false;
            case EntityScope.Is is -> false;
            case EntityScope.Equal equal -> false;
            case EntityScope.In(EntityScope.Target target) -> covers(target, uid);
            case EntityScope.IsIn(String type, EntityScope.Target target) -> covers(target, uid);
        };
    }

    private boolean covers(EntityScope.Target target, EntityUid uid) {
        return target instanceof EntityScope.Target.Known(EntityUid named) && snapshot.isIn(uid, named);
    }

    private static Set<String> names(ActionScope scope) {
        return switch (scope) {
            case ActionScope.Any any -> Set.of(ALL);
            case ActionScope.Equal(EntityUid uid) -> Set.of(uid.id());
            case ActionScope.In(EntityUid uid) -> Set.of(uid.id());
            case ActionScope.InAny(List<EntityUid> uids) -> {
                SortedSet<String> named = new TreeSet<>();
                uids.forEach(uid -> named.add(uid.id()));
                yield named;
            }
        };
    }
}
