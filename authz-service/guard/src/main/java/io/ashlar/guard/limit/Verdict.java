package io.ashlar.guard.limit;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.github.bucket4j.ConsumptionProbe;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a bucket said.
 *
 * @param limit which
 * @param allowed whether a token was there
 * @param remaining tokens left
 * @param resetSeconds until the bucket is full again
 * @param retrySeconds until a token is there; 0 if one was
 */
record Verdict(Limit limit, boolean allowed, long remaining, long resetSeconds, long retrySeconds) {

    static Verdict of(Limit limit, ConsumptionProbe probe) {
        return new Verdict(
                limit,
                probe.isConsumed(),
                probe.getRemainingTokens(),
                seconds(probe.getNanosToWaitForReset()),
                probe.isConsumed() ? 0 : Math.max(1, seconds(probe.getNanosToWaitForRefill())));
    }

    /** Of two buckets that both have a token, the one that will refuse first. */
    Verdict tighter(Verdict other) {
        return other.remaining < remaining ? other : this;
    }

    /** Says so in the answer's head, and refuses the request if no token was there. */
    void tell(HttpServerResponse response) {
        response.putHeader("RateLimit-Limit", Long.toString(limit.burst()))
                .putHeader("RateLimit-Remaining", Long.toString(Math.max(0, remaining)))
                .putHeader("RateLimit-Reset", Long.toString(resetSeconds));
        if (!allowed) {
            throw new ProblemException(
                            DoorError.RATE_LIMITED,
                            "more requests than the " + limit.kind() + " limit lets through",
                            List.of(new Fault(limit.kind() + "_limit", "", limit.perSecond() + " requests a second")))
                    .retryAfter(retrySeconds);
        }
    }

    private static long seconds(long nanos) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return (nanos + second - 1) / second;
    }
}
