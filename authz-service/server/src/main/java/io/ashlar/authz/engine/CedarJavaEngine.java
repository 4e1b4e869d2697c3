package io.ashlar.authz.engine;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.cedar.DecisionAnswer.PolicyError;
import io.ashlar.cedar.DecisionRequest;
import io.ashlar.cedar.Effect;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.PolicyEngine;
import io.ashlar.cedar.PolicyEngineException;
import io.ashlar.cedar.PolicyFault;
import io.ashlar.cedar.PolicySource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cedar by the reference implementation through JNI; needs {@code --enable-native-access=ALL-UNNAMED}. A compiled set is
 * freed on the native side when it is no longer reachable here. Strict mode is applied to the engine's error list.
 */
public final class CedarJavaEngine implements PolicyEngine {

    private static final System.Logger LOG = System.getLogger(CedarJavaEngine.class.getName());

    private final BasicAuthorizationEngine engine;

    /**
     * Loads the native library.
     *
     * @param policySetsMax how many compiled sets are kept parsed on the native side; more are parsed at each decision
     */
    public CedarJavaEngine(int policySetsMax) {
        this.engine = new BasicAuthorizationEngine();
        PolicySet.setCacheMaxPolicySets(policySetsMax);
    }

    @Override
    public List<PolicyFault> check(PolicySource policy) {
        try {
            Policy parsed = Policy.parseStaticPolicy(policy.text());
            return parsed.policySrc == null ? List.of(new PolicyFault("no policy", -1, -1)) : List.of();
        } catch (InternalException e) {
            return e.getErrors().stream()
                    .map(message -> new PolicyFault(message, -1, -1))
                    .toList();
        }
    }

    @Override
    public CompiledPolicies compile(Collection<PolicySource> policies) {
        Map<String, Effect> effects = new HashMap<>();
        Set<Policy> parsed = new HashSet<>();
        try {
            for (PolicySource source : policies) {
                Policy policy = new Policy(source.text(), source.id());
                Effect effect =
                        switch (policy.effect()) {
                            case PERMIT -> Effect.PERMIT;
                            case FORBID -> Effect.FORBID;
                        };
                if (effects.put(source.id(), effect) != null) {
                    throw new PolicyEngineException("policy " + source.id() + " is there twice");
                }
                parsed.add(policy);
            }
            return new Compiled(engine, cached(new PolicySet(parsed)), Map.copyOf(effects));
        } catch (InternalException e) {
            throw new PolicyEngineException("policies cannot be compiled", e);
        }
    }

    /** The native side refuses more sets than it may keep, until unreachable ones are collected: slower, never wrong. */
    private static PolicySet cached(PolicySet set) {
        try {
            set.cache();
        } catch (CacheException e) {
            LOG.log(System.Logger.Level.WARNING, "event=policy_set_not_cached reason=" + e.getMessage(), e);
        }
        return set;
    }

    private record Compiled(BasicAuthorizationEngine engine, PolicySet set, Map<String, Effect> effects)
            implements CompiledPolicies {

        @Override
        public DecisionAnswer decide(DecisionRequest request, Collection<Entity> entities, Mode mode) {
            Set<com.cedarpolicy.model.entity.Entity> known = new HashSet<>();
            entities.forEach(entity -> known.add(CedarNative.entity(entity)));
            AuthorizationResponse response;
            try {
                response = engine.isAuthorized(
                        new AuthorizationRequest(
                                CedarNative.uid(request.principal()),
                                CedarNative.uid(request.action()),
                                CedarNative.uid(request.resource()),
                                CedarNative.values(request.context())),
                        set,
                        known);
            } catch (AuthException | RuntimeException e) {
                throw new PolicyEngineException("no decision could be made", e);
            }
            AuthorizationSuccessResponse success =
                    response.success.orElseThrow(() -> new PolicyEngineException("no decision: " + response));
            List<PolicyError> errors = new ArrayList<>();
            success.getErrors()
                    .forEach(error -> errors.add(new PolicyError(
                            error.getPolicyId(),
                            // An error without a known policy counts as a forbid's: in doubt, deny.
                            effects.getOrDefault(error.getPolicyId(), Effect.FORBID),
                            error.getError().message)));
            errors.sort(Comparator.comparing(PolicyError::policyId));
            List<String> reasons = success.getReason().stream().sorted().toList();
            return new DecisionAnswer(success.isAllowed(), reasons, errors).under(mode);
        }
    }
}
