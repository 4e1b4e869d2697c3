package io.ashlar.authz.client;

import io.ashlar.authz.audit.SpoolException;
import io.ashlar.authz.audit.SpoolFullException;
import io.ashlar.authz.call.OnBehalfOf;

/**
 * Takes down what is decided in this process, out of a cache or by an embedded decision point, before anybody is told. What
 * authz is asked over the network it records itself. Implementations are thread-safe.
 */
@FunctionalInterface
public interface DecisionRecorder {

    /** Takes down nothing: decisions of this process are in no audit log. */
    DecisionRecorder NONE = (user, question, decision) -> {};

    /**
     * Returns when the decision survives the death of this process.
     *
     * @param user for whom it was decided
     * @param decision an allow or a denial, with its versions
     * @throws SpoolFullException if there was no room in time
     * @throws SpoolException if nothing can be written
     */
    void record(OnBehalfOf user, Evaluation question, Decision decision);

    /**
     * The decision, recorded; without an answer there is nothing to record. What cannot be recorded must not be allowed: it is
     * {@link Decision.Outcome#UNAVAILABLE} then.
     */
    default Decision recorded(OnBehalfOf user, Evaluation question, Decision decision) {
        if (decision.outcome() == Decision.Outcome.UNAVAILABLE) {
            return decision;
        }
        try {
            record(user, question, decision);
            return decision;
        } catch (SpoolFullException | SpoolException e) {
            return Decision.unavailable("the decision cannot be recorded: " + e.getMessage());
        }
    }
}
