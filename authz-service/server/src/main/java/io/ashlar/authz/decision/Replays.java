package io.ashlar.authz.decision;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.snapshot.SnapshotLoader;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.guard.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Makes recorded decisions again, by the policies and principals of then: both are append-only and can be read at any revision
 * a tenant ever had. Nothing is recorded of it: nobody gets anything. Blocks; thread-safe.
 */
@ApplicationScoped
class Replays {

    private final SnapshotLoader loader;

    Replays(SnapshotLoader loader) {
        this.loader = loader;
    }

    /** What is decided when a recorded decision is made again. */
    record Outcome(boolean allowed, String reason, List<String> errors) {

        boolean same(RecordedDecision recorded) {
            return allowed == recorded.allowed() && reason.equals(recorded.reason());
        }
    }

    /**
     * The decision, made again.
     *
     * @throws ProblemException {@code forbidden} if it is another tenant's; {@code decision_not_replayable} if no policies
     *     decided, it was a plan or a search, or the tenant never had those versions
     */
    Outcome replay(Caller caller, RecordedDecision recorded) {
        if (!recorded.tenant().equals(caller.requireTenant())) {
            throw new ProblemException(DoorError.FORBIDDEN, "the event is of another tenant");
        }
        if (recorded.versions().revision() == 0 || recorded.versions().policyVersion() == 0) {
            throw new ProblemException(
                    AuthzError.DECISION_NOT_REPLAYABLE, "no policies were asked for what it tells of");
        }
        if (recorded.many()) {
            throw new ProblemException(
                    AuthzError.DECISION_NOT_REPLAYABLE,
                    "a plan or a search is not made again; what it found can be asked about one by one");
        }
        TenantSnapshot then = loader.at(recorded.tenant(), recorded.versions())
                .orElseThrow(() -> new ProblemException(
                        AuthzError.DECISION_NOT_REPLAYABLE, "the tenant never had the versions that the event names"));
        return decide(then, QuestionReader.evaluation(recorded.question()));
    }

    private static Outcome decide(TenantSnapshot then, Question question) {
        DecisionAnswer answer = Decisions.decide(then, question);
        List<String> errors = answer.errors().stream()
                .map(error -> error.policyId() + ": " + error.message())
                .toList();
        return new Outcome(answer.allowed(), String.join(",", answer.determining()), errors);
    }
}
