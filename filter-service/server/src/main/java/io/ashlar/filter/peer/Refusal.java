package io.ashlar.filter.peer;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ErrorCode;
import io.ashlar.authz.problem.Problem;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import java.util.Map;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A peer's refusal in the words of filter-service. What the client can act on keeps its code and detail; the rest is this
 * service's own trouble (a seal that was not accepted, a role that is missing) and is logged here and not explained.
 */
final class Refusal {

    private static final Logger LOG = Logger.getLogger(Refusal.class);

    private static final Map<String, ErrorCode> OF_ROUTER = Map.ofEntries(
            Map.entry("consistency_pending", FilterError.CONSISTENCY_PENDING),
            Map.entry("consistency_lost", FilterError.CONSISTENCY_LOST),
            Map.entry("session_token_missing", FilterError.SESSION_TOKEN_MISSING),
            Map.entry("tenant_mismatch", FilterError.TENANT_MISMATCH),
            Map.entry("token_invalid", DoorError.INVALID_REQUEST),
            Map.entry("store_unavailable", FilterError.STORE_UNAVAILABLE),
            Map.entry("statement_timeout", FilterError.STATEMENT_TIMEOUT),
            Map.entry("query_too_costly", FilterError.QUERY_TOO_COSTLY),
            Map.entry("tenant_busy", FilterError.TENANT_BUSY),
            Map.entry("query_failed", FilterError.QUERY_FAILED),
            Map.entry("analytics_unavailable", FilterError.ANALYTICS_UNAVAILABLE),
            Map.entry("relation_unknown", FilterError.DATASET_INVALID),
            Map.entry("rate_limited", DoorError.RATE_LIMITED));

    private Refusal() {}

    static ProblemException ofRouter(CallFailedException failed) {
        Problem problem = failed.problem();
        ErrorCode known = problem == null ? null : OF_ROUTER.get(problem.code());
        return known == null || problem == null
                ? unexplained(failed)
                : withRetry(new ProblemException(known, problem.detail(), problem.errors()), failed);
    }

    static ProblemException ofAuthz(CallFailedException failed) {
        Problem problem = failed.problem();
        boolean understood = problem != null && failed.status() == FilterError.PLAN_UNMAPPABLE.status();
        return understood
                ? new ProblemException(FilterError.PLAN_UNMAPPABLE, problem.detail(), problem.errors())
                : unexplained(failed);
    }

    /** Besides: the draft is not there, is not valid, or is not the asker's to read. */
    static ProblemException ofDraft(CallFailedException failed) {
        Problem problem = failed.problem();
        if (problem != null && failed.status() == DoorError.FORBIDDEN.status()) {
            return new ProblemException(DoorError.FORBIDDEN, problem.detail(), problem.errors());
        }
        if (problem != null && failed.status() == DoorError.NOT_FOUND.status()) {
            return new ProblemException(DoorError.NOT_FOUND, problem.detail(), problem.errors());
        }
        return ofAuthz(failed);
    }

    private static ProblemException unexplained(CallFailedException failed) {
        LOG.errorf(
                "event=peer_call_failed peer=%s reason=%s status=%d code=%s",
                failed.service(), failed.reason(), failed.status(), code(failed.problem()));
        ErrorCode error =
                switch (failed.reason()) {
                    case DEADLINE -> DoorError.DEADLINE_EXCEEDED;
                    case UNREACHABLE, BREAKER_OPEN, BUSY, REFUSED, UNREADABLE -> DoorError.DEPENDENCY_UNAVAILABLE;
                };
        ProblemException problem = new ProblemException(error, "The service " + failed.service() + " gave no answer.");
        return error == DoorError.DEPENDENCY_UNAVAILABLE ? withRetry(problem, failed, 1) : problem;
    }

    private static ProblemException withRetry(ProblemException problem, CallFailedException failed) {
        OptionalLong seconds = failed.retryAfterSeconds();
        return seconds.isPresent() ? problem.retryAfter(seconds.getAsLong()) : problem;
    }

    private static ProblemException withRetry(ProblemException problem, CallFailedException failed, long otherwise) {
        return problem.retryAfter(failed.retryAfterSeconds().orElse(otherwise));
    }

    private static String code(@Nullable Problem problem) {
        return problem == null ? "none" : problem.code();
    }
}
