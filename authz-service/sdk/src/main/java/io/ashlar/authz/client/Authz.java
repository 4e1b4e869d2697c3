package io.ashlar.authz.client;

import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanRequest;
import java.util.Map;

/** Asks what is allowed, within one tenant. Implementations are thread-safe and may block. */
public interface Authz {

    /** Never throws for a decision point out of reach: the outcome says so, and it is not an allow. */
    Decision check(EntityRef subject, String action, EntityRef resource, Map<String, Object> context);

    default boolean allowed(EntityRef subject, String action, EntityRef resource, Map<String, Object> context) {
        return check(subject, action, resource, context).allowed();
    }

    /**
     * Which rows of a type the subject may act on. Never cached: a plan decides about many rows.
     *
     * @throws io.ashlar.authz.call.CallFailedException if the decision point gives no usable plan
     */
    Plan plan(PlanRequest request);
}
