package io.ashlar.authz.client;

import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Asks what is allowed, within one tenant; over the network ({@link RemoteAuthz}) or in this process
 * ({@link io.ashlar.authz.embedded.EmbeddedAuthz}). Implementations are thread-safe and may block.
 */
public interface Authz {

    /**
     * Never throws for a decision point out of reach: the outcome says so, and it is not an allow.
     *
     * @throws IllegalArgumentException if a property or a fact is no JSON value
     */
    Decision check(EntityRef subject, String action, EntityRef resource, Map<String, Object> context);

    /** Without facts of the request. */
    default Decision check(EntityRef subject, String action, EntityRef resource) {
        return check(subject, action, resource, Map.of());
    }

    default boolean allowed(EntityRef subject, String action, EntityRef resource, Map<String, Object> context) {
        return check(subject, action, resource, context).allowed();
    }

    default boolean allowed(EntityRef subject, String action, EntityRef resource) {
        return allowed(subject, action, resource, Map.of());
    }

    /** Many questions at once, answered in their order; each on its own: one without an answer leaves the others theirs. */
    default List<Decision> checkAll(List<Evaluation> questions) {
        List<Decision> decisions = new ArrayList<>(questions.size());
        for (Evaluation question : questions) {
            decisions.add(check(question.subject(), question.action(), question.resource(), question.context()));
        }
        return decisions;
    }

    /**
     * A view that, where nobody can decide now, answers as was last known at most {@code ageMax} ago, never against what is
     * known to have changed since. Such answers have an {@link Decision#age}. Without this view nobody in doubt gets in.
     */
    default Authz lastKnown(Duration ageMax) {
        return this;
    }

    /**
     * Which rows of a type the subject may act on. Never cached: a plan decides about many rows.
     *
     * @throws io.ashlar.authz.call.CallFailedException if the decision point gives no usable plan
     */
    Plan plan(PlanRequest request);
}
