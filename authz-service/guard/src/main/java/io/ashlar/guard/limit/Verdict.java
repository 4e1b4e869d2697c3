package io.ashlar.guard.limit;

import io.github.bucket4j.ConsumptionProbe;
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

    private static long seconds(long nanos) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return (nanos + second - 1) / second;
    }
}
