package io.ashlar.guard.problem;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.Problem;
import jakarta.ws.rs.core.Response;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a client hears when another service refused or failed. What the peer says about the request is passed on (its code is
 * part of our answer's vocabulary then); what it says about us, or about itself, is not.
 */
final class CallFailures {

    private static final Logger LOG = Logger.getLogger(CallFailures.class);

    private CallFailures() {}

    static Response answer(CallFailedException failure) {
        return switch (failure.reason()) {
            case DEADLINE -> own(DoorError.DEADLINE_EXCEEDED, failure, OptionalLong.empty());
            case UNREACHABLE, BREAKER_OPEN, BUSY, UNREADABLE ->
                own(DoorError.DEPENDENCY_UNAVAILABLE, failure, OptionalLong.of(1));
            case REFUSED -> refused(failure);
        };
    }

    private static Response refused(CallFailedException failure) {
        @Nullable Problem problem = failure.problem();
        int status = failure.status();
        // 401 is about our own token, 500 about the peer's inside; a 503 or 504 with a code (consistency_pending) is an
        // answer.
        boolean aboutTheRequest = problem != null
                && ((status >= 400 && status < 500 && status != 401)
                        || ((status == 503 || status == 504) && !problem.code().equals("internal_error")));
        if (problem != null && aboutTheRequest) {
            return ProblemResponses.of(problem, failure.retryAfterSeconds());
        }
        return own(DoorError.DEPENDENCY_UNAVAILABLE, failure, OptionalLong.of(1));
    }

    private static Response own(DoorError error, CallFailedException failure, OptionalLong retryAfter) {
        LOG.warnf(
                "event=call_failed service=%s reason=%s status=%d",
                failure.service(), failure.reason(), failure.status());
        return ProblemResponses.of(Problem.of(error, failure.service() + " gave no usable answer"), retryAfter);
    }
}
