package io.ashlar.authz.embedded;

import io.ashlar.authz.client.Decision;
import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.eval.CedarEngine;
import io.ashlar.cedar.eval.CompiledPolicySet;
import io.ashlar.cedar.value.EntityStore;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot ready to decide: policies compiled, ancestors of all principals computed. Immutable and thread-safe.
 *
 * @param head whose, and at which versions
 * @param sources the policies' texts
 * @param compiled the same, ready
 * @param principals all of them
 */
record TenantPolicies(
        PolicySnapshot.Head head, List<PolicySource> sources, CompiledPolicySet compiled, EntityStore principals) {

    /**
     * Prepares a snapshot.
     *
     * @param previous whose compiled policies are used again where their texts are the same
     * @throws io.ashlar.cedar.PolicyEngineException if a policy cannot be compiled here
     * @throws IllegalArgumentException if the principals' hierarchy goes in circles or is too large
     */
    static TenantPolicies of(PolicySnapshot snapshot, @Nullable TenantPolicies previous) {
        CompiledPolicySet compiled = previous != null && previous.sources.equals(snapshot.policies())
                ? previous.compiled
                : new CedarEngine().compile(snapshot.policies());
        return new TenantPolicies(
                snapshot.head(), snapshot.policies(), compiled, EntityStore.of(snapshot.principals()));
    }

    /**
     * Decides.
     *
     * @param offered ways of signing in, of which a denial names those that alone would have turned it
     */
    Decision decide(Question question, Set<String> offered) {
        DecisionAnswer answer = answer(question);
        return new Decision(
                answer.allowed() ? Decision.Outcome.ALLOW : Decision.Outcome.DENY,
                head.policyVersion(),
                head.revision(),
                answer.determining(),
                answer.errors().stream()
                        .map(error -> error.policyId() + ": " + error.message())
                        .toList(),
                answer.allowed() ? List.of() : stepUp(question, offered));
    }

    private DecisionAnswer answer(Question question) {
        return compiled.decide(question.request(), principals.with(question.said(head.ownTypes())), Mode.STRICT);
    }

    private List<String> stepUp(Question denied, Set<String> offered) {
        return offered.stream()
                .sorted()
                .filter(method -> denied.signedIn(method)
                        .map(question -> answer(question).allowed())
                        .orElse(false))
                .toList();
    }
}
