package io.ashlar.cedar;

import java.util.List;

/**
 * The decision with what led to it.
 *
 * @param allowed the decision
 * @param determining ids of the policies that decided: the permits that applied, or the forbids; empty when nothing
 *     applied, and when an error denied
 * @param errors what went wrong inside single policies, in order of policy id
 */
public record DecisionAnswer(boolean allowed, List<String> determining, List<PolicyError> errors) {

    public DecisionAnswer {
        determining = List.copyOf(determining);
        errors = List.copyOf(errors);
    }

    /**
     * An error while a policy was evaluated.
     *
     * @param policyId which policy
     * @param effect what that policy would have done
     * @param message the engine's words, for the policy's author
     */
    public record PolicyError(String policyId, Effect effect, String message) {}

    /**
     * The answer under a mode, given the exact one: in strict mode an error inside a forbid turns an allow into a deny.
     */
    public DecisionAnswer under(Mode mode) {
        return switch (mode) {
            case EXACT -> this;
            case STRICT -> {
                boolean blind = errors.stream().anyMatch(error -> error.effect() == Effect.FORBID);
                yield allowed && blind ? new DecisionAnswer(false, List.of(), errors) : this;
            }
        };
    }
}
