package io.ashlar.authz.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a question.
 *
 * @param outcome what was decided
 * @param policyVersion the version of the tenant's policies that decided; −1 where nothing did
 * @param revision the tenant's revision that decided; −1 where nothing did
 * @param reasons the ids of the deciding policies
 * @param errors what went wrong inside policies, or why there was no decision
 * @param amrValues ways of signing in (RFC 8176), one of which would have turned the denial into an allow; empty where none would
 * @param age how long ago this was known to hold, where the caller asked for {@linkplain Authz#lastKnown last-known} and nobody
 *     can tell whether it still does; null where it holds
 */
public record Decision(
        Outcome outcome,
        long policyVersion,
        long revision,
        List<String> reasons,
        List<String> errors,
        List<String> amrValues,
        @Nullable Duration age) {

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

    /** One that holds now. */
    public Decision(
            Outcome outcome,
            long policyVersion,
            long revision,
            List<String> reasons,
            List<String> errors,
            List<String> amrValues) {
        this(outcome, policyVersion, revision, reasons, errors, amrValues, null);
    }

    /** One that signing in anew would not change. */
    public Decision(Outcome outcome, long policyVersion, long revision, List<String> reasons, List<String> errors) {
        this(outcome, policyVersion, revision, reasons, errors, List.of());
    }

    public static Decision unavailable(String why) {
        return new Decision(Outcome.UNAVAILABLE, -1, -1, List.of(), List.of(why));
    }

    /** The same, last known to hold so long ago. */
    public Decision lastKnown(Duration since) {
        return new Decision(outcome, policyVersion, revision, reasons, errors, amrValues, since);
    }

    public boolean allowed() {
        return outcome == Outcome.ALLOW;
    }
}
