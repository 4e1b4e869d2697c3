package io.ashlar.cedar;

import java.util.Collection;
import java.util.List;

/**
 * Turns policies into something that decides. Implementations are thread-safe.
 *
 * <p>Users call {@link #check} when a policy is handed in and {@link #compile} when a set of checked policies is put to
 * work. Implementers promise Cedar's semantics: default deny, forbid overrides permit, errors are reported.
 */
public interface PolicyEngine {

    /** What is wrong with one policy; empty when it can be compiled. */
    List<PolicyFault> check(PolicySource policy);

    /**
     * Prepares policies for many decisions.
     *
     * @throws PolicyEngineException if one of them would not pass {@link #check}, or ids repeat
     */
    CompiledPolicies compile(Collection<PolicySource> policies);

    /** A policy set ready to decide; immutable and thread-safe. */
    interface CompiledPolicies {

        /**
         * Decides.
         *
         * @param entities whatever of the principal, its ancestors and the resource is known; an entity that is not
         *     there has no attributes and no parents
         * @throws PolicyEngineException if no decision could be made (the caller denies)
         */
        DecisionAnswer decide(DecisionRequest request, Collection<Entity> entities, Mode mode);
    }
}
