package io.ashlar.cedar.eval;

import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.cedar.DecisionRequest;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.PolicyEngine;
import io.ashlar.cedar.PolicyEngineException;
import io.ashlar.cedar.eval.Explanation.PolicyTrace;
import io.ashlar.cedar.syntax.PolicySet;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.EntityStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Policies ready to decide. Immutable and thread-safe; compiling is linear in the size of the policies. */
public final class CompiledPolicySet implements PolicyEngine.CompiledPolicies {

    private final ScopeIndex index;
    private final int size;

    private CompiledPolicySet(List<CompiledPolicy> policies) {
        this.index = new ScopeIndex(policies);
        this.size = policies.size();
    }

    /** Compiles the policies and linked templates of a set; templates alone decide nothing. */
    public static CompiledPolicySet of(PolicySet set) {
        List<CompiledPolicy> policies = new ArrayList<>();
        set.deciding().forEach((id, policy) -> policies.add(new CompiledPolicy(id, policy)));
        return new CompiledPolicySet(policies);
    }

    /** How many policies can decide. */
    public int size() {
        return size;
    }

    /**
     * Decides. Allocates little beside the answer; whoever decides often builds the store once, and lays the facts of a
     * request over it ({@link EntityStore#with}).
     */
    public DecisionAnswer decide(Request request, EntityStore entities, Mode mode) {
        Env env = new Env(request, entities);
        Run run = new Run(env);
        index.forEach(env, run);
        return run.answer(mode);
    }

    @Override
    public DecisionAnswer decide(DecisionRequest request, Collection<Entity> entities, Mode mode) {
        try {
            EntityStore store =
                    EntityStore.of(entities.stream().map(EntityFacts::of).toList());
            return decide(Request.of(request), store, mode);
        } catch (IllegalArgumentException e) {
            throw new PolicyEngineException("no decision could be made: " + e.getMessage(), e);
        }
    }

    /** Decides as {@link #decide(Request, EntityStore, Mode)}, and says of each relevant policy what decided it. Slower. */
    public Explanation explain(Request request, EntityStore entities, Mode mode) {
        Env env = new Env(request, entities);
        Run run = new Run(env);
        Explainer explainer = new Explainer(env);
        List<PolicyTrace> traces = new ArrayList<>();
        index.forEach(env, policy -> {
            run.accept(policy);
            traces.add(explainer.trace(policy));
        });
        traces.sort(Comparator.comparing(PolicyTrace::policyId));
        return new Explanation(run.answer(mode), traces);
    }
}
