package io.ashlar.cedar.eval;

import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.cedar.Effect;
import io.ashlar.cedar.syntax.Span;
import java.util.List;

/**
 * A decision with the reason of each policy whose scope fits the request.
 *
 * @param answer the decision
 * @param policies in order of their ids; a policy whose scope does not fit is not among them
 */
public record Explanation(DecisionAnswer answer, List<PolicyTrace> policies) {

    public Explanation {
        policies = List.copyOf(policies);
    }

    /**
     * What became of one policy.
     *
     * @param policyId which policy
     * @param effect what it does when it applies
     * @param outcome whether it applied, and why
     */
    public record PolicyTrace(String policyId, Effect effect, Outcome outcome) {}

    /** Whether a policy applied, and why. */
    public sealed interface Outcome {

        /** It applied; for each of its conditions, the part that made it hold. */
        record Applied(List<Deciding> because) implements Outcome {
            public Applied {
                because = List.copyOf(because);
            }
        }

        /** It did not apply: the first condition that does not hold, and the part that decided so. */
        record NotApplied(Deciding because) implements Outcome {}

        /** It was skipped: in this condition, this has no value. */
        record Failed(int condition, Span at, String message) implements Outcome {}
    }

    /**
     * The smallest part of a condition that decided it: of {@code a && b}, the one that is false.
     *
     * @param condition number of the clause, from 0
     * @param at where the part is written
     * @param text the part, as the formatter writes it
     * @param value what the part gave
     */
    public record Deciding(int condition, Span at, String text, boolean value) {}
}
