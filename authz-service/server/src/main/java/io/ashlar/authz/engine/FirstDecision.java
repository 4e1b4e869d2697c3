package io.ashlar.authz.engine;

import io.ashlar.cedar.DecisionRequest;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.PolicyEngine;
import io.ashlar.cedar.PolicySource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;

/**
 * Decides once before the server is ready: an engine that does not deny what is forbidden must not serve, and the first
 * caller need not wait for its classes.
 */
@ApplicationScoped
class FirstDecision {

    void make(@Observes StartupEvent start, PolicyEngine engine) {
        EntityUid nobody = new EntityUid("User", "");
        DecisionRequest anything = new DecisionRequest(nobody, new EntityUid("Action", ""), nobody, Map.of());
        PolicySource permit = new PolicySource("all", "permit(principal, action, resource);");
        PolicySource forbid = new PolicySource("none", "forbid(principal, action, resource);");
        if (allows(engine, List.of(permit, forbid), anything) || !allows(engine, List.of(permit), anything)) {
            throw new IllegalStateException("the policy engine does not decide as policies say");
        }
    }

    private static boolean allows(PolicyEngine engine, List<PolicySource> policies, DecisionRequest request) {
        return engine.compile(policies).decide(request, List.of(), Mode.STRICT).allowed();
    }
}
