package io.ashlar.cedar.eval;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.ActionScope;
import io.ashlar.cedar.syntax.EntityScope;
import io.ashlar.cedar.syntax.EntityScope.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Policies by their scopes: action, then principal, then resource. A request walks only where its own entities and their
 * ancestors lead, so that policies about others cost nothing.
 */
final class ScopeIndex {

    private final Branch<Branch<Branch<List<CompiledPolicy>>>> byAction =
            new Branch<>(() -> new Branch<>(() -> new Branch<>(ArrayList::new)));

    ScopeIndex(Collection<CompiledPolicy> policies) {
        policies.forEach(this::add);
    }

    private void add(CompiledPolicy policy) {
        switch (policy.source().action()) {
            case ActionScope.Any any -> add(policy, byAction.any());
            case ActionScope.Equal(EntityUid uid) -> add(policy, byAction.equal(uid));
            case ActionScope.In(EntityUid uid) -> add(policy, byAction.within(uid));
            case ActionScope.InAny(List<EntityUid> uids) ->
                new HashSet<>(uids).forEach(uid -> add(policy, byAction.within(uid)));
        }
    }

    private static void add(CompiledPolicy policy, Branch<Branch<List<CompiledPolicy>>> byPrincipal) {
        Branch<List<CompiledPolicy>> byResource =
                follow(byPrincipal, policy.source().principal());
        follow(byResource, policy.source().resource()).add(policy);
    }

    private static <T> T follow(Branch<T> branch, EntityScope scope) {
        return switch (scope) {
            case EntityScope.Any any -> branch.any();
            case EntityScope.Is(String type) -> branch.typed(type);
            case EntityScope.Equal(Target target) -> branch.equal(known(target));
            case EntityScope.In(Target target) -> branch.within(known(target));
            case EntityScope.IsIn(String type, Target target) -> branch.within(known(target));
        };
    }

    private static EntityUid known(Target target) {
        return switch (target) {
            case Target.Known(EntityUid uid) -> uid;
            case Target.Open(var slot) ->
                throw new IllegalArgumentException("a template decides nothing before " + slot.text() + " is linked");
        };
    }

    /** Hands over each policy whose scope fits the request, once, in no order. */
    void forEach(Env env, Consumer<CompiledPolicy> sink) {
        Walk walk = new Walk(env, sink);
        byAction.forEach(env.action, walk::principals);
    }

    private static final class Walk {

        private final Env env;
        private final Consumer<CompiledPolicy> sink;
        private final Consumer<Branch<List<CompiledPolicy>>> resources = this::resources;
        private final Consumer<List<CompiledPolicy>> policies = this::policies;
        private Set<CompiledPolicy> seen = Set.of();

        Walk(Env env, Consumer<CompiledPolicy> sink) {
            this.env = env;
            this.sink = sink;
        }

        private void principals(Branch<Branch<List<CompiledPolicy>>> branch) {
            branch.forEach(env.principal, resources);
        }

        private void resources(Branch<List<CompiledPolicy>> branch) {
            branch.forEach(env.resource, policies);
        }

        private void policies(List<CompiledPolicy> found) {
            for (CompiledPolicy policy : found) {
                if (policy.typesFit(env) && (!policy.repeats() || isFirst(policy))) {
                    sink.accept(policy);
                }
            }
        }

        private boolean isFirst(CompiledPolicy policy) {
            if (seen.isEmpty()) {
                seen = new HashSet<>();
            }
            return seen.add(policy);
        }
    }
}
