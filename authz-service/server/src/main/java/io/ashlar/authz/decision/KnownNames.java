package io.ashlar.authz.decision;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.ashlar.authz.planning.PolicyTree;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.ActionScope;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.Policy;
import io.ashlar.cedar.value.KnownEntity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a search can find in a tenant: the entities that authz keeps, and the actions that the tenant's policies name. Sorted once
 * for each snapshot that is searched. Thread-safe.
 */
@ApplicationScoped
class KnownNames {

    private static final long SNAPSHOTS_MAX = 100;

    private final LoadingCache<TenantSnapshot, Names> names =
            Caffeine.newBuilder().weakKeys().maximumSize(SNAPSHOTS_MAX).build(KnownNames::names);

    private record Names(Map<String, List<String>> idsByType, List<String> actions) {}

    /** The ids of a type in order. */
    List<String> ids(TenantSnapshot snapshot, String type) {
        return names.get(snapshot).idsByType().getOrDefault(type, List.of());
    }

    /** The names of actions in order: those of {@code Action}, wherever a policy says them. */
    List<String> actions(TenantSnapshot snapshot) {
        return names.get(snapshot).actions();
    }

    private static Names names(TenantSnapshot snapshot) {
        Map<String, List<String>> ids = new HashMap<>();
        for (KnownEntity entity : snapshot.principals().all()) {
            EntityUid uid = entity.uid();
            ids.computeIfAbsent(uid.type(), type -> new ArrayList<>()).add(uid.id());
        }
        ids.values().forEach(Collections::sort);
        SortedSet<String> actions = new TreeSet<>();
        snapshot.trees().stream().map(PolicyTree::policy).forEach(policy -> collect(policy, actions));
        return new Names(ids, List.copyOf(actions));
    }

    private static void collect(Policy policy, SortedSet<String> actions) {
        switch (policy.action()) {
            case ActionScope.Any any -> {}
            case ActionScope.Equal(EntityUid uid) -> collect(uid, actions);
            case ActionScope.In(EntityUid uid) -> collect(uid, actions);
            case ActionScope.InAny(List<EntityUid> uids) -> uids.forEach(uid -> collect(uid, actions));
        }
        Deque<Expr> open = new ArrayDeque<>();
        policy.conditions().forEach(condition -> open.addLast(condition.body()));
        while (!open.isEmpty()) {
            Expr expr = open.removeLast();
            if (expr instanceof Expr.Reference reference) {
                collect(reference.uid(), actions);
            }
            expr.children().forEach(open::addLast);
        }
    }

    private static void collect(EntityUid uid, SortedSet<String> actions) {
        if (uid.type().equals("Action") && QuestionReader.isActionName(uid.id())) {
            actions.add(uid.id());
        }
    }
}
