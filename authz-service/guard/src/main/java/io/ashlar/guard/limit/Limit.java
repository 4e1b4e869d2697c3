package io.ashlar.guard.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * A token bucket's size.
 *
 * @param kind {@code user}, {@code tenant} or {@code global}: what the refusal names
 * @param perSecond tokens that flow in, 1 or more
 * @param burst tokens it holds, 1 or more
 */
record Limit(String kind, long perSecond, long burst) {

    Limit {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("the " + kind + " limit must be 1 or more a second");
        }
    }

    BucketConfiguration bucket() {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(burst)
                        .refillGreedy(perSecond, Duration.ofSeconds(1))
                        .build())
                .build();
    }

    /** One pod's part while nobody counts for all; never nothing. */
    Limit share(int pods) {
        return new Limit(kind, Math.max(1, perSecond / pods), Math.max(1, burst / pods));
    }

    /** In the key, so that a changed limit starts a new bucket. */
    String version() {
        return perSecond + "/" + burst;
    }
}
