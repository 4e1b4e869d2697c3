package io.ashlar.authz.client;

import java.util.List;

/**
 * The answer to a question.
 *
 * @param outcome what was decided
 * @param policyVersion the version of the tenant's policies that decided; −1 where nothing did
 * @param revision the tenant's revision that decided; −1 where nothing did
 * @param reasons the ids of the deciding policies
 * @param errors what went wrong inside policies, or why there was no decision
 * @param amrValues ways of signing in (RFC 8176), one of which would have turned the denial into an allow; empty where none would
 */
public record Decision(
        Outcome outcome,
        long policyVersion,
        long revision,
        List<String> reasons,
        List<String> errors,
        List<String> amrValues) {

    /** Only {@link #ALLOW} opens. */
    public enum Outcome {
        ALLOW,
        DENY,
        /** The decision point did not answer: the same as a denial to whoever asks, told apart for the answer's status. */
        UNAVAILABLE
    }

    public Decision {
        reasons = List.copyOf(reasons);
        errors = List.copyOf(errors);
        amrValues = List.copyOf(amrValues);
    }

    /** One that signing in anew would not change. */
    public Decision(Outcome outcome, long policyVersion, long revision, List<String> reasons, List<String> errors) {
        this(outcome, policyVersion, revision, reasons, errors, List.of());
    }

    public static Decision unavailable(String why) {
        return new Decision(Outcome.UNAVAILABLE, -1, -1, List.of(), List.of(why));
    }

    public boolean allowed() {
        return outcome == Outcome.ALLOW;
    }
}
