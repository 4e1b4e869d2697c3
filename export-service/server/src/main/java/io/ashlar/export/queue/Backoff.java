package io.ashlar.export.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Full jitter: a random time between zero and a bound that doubles with each attempt (M. Brooker, "Exponential Backoff And
 * Jitter", AWS Architecture Blog, 2015). Thread-safe as its source of randomness is.
 */
final class Backoff {

    private final Duration base;
    private final Duration cap;
    private final RandomGenerator random;

    Backoff(Duration base, Duration cap, RandomGenerator random) {
        this.base = base;
        this.cap = cap;
        this.random = random;
    }

    /** How long to wait after failed attempt {@code attempt}, from 1. */
    Duration after(int attempt) {
        return Duration.ofMillis(random.nextLong(boundMillis(attempt) + 1));
    }

    long boundMillis(int attempt) {
        int doublings = Math.clamp(attempt - 1L, 0, 30);
        return Math.min(cap.toMillis(), base.toMillis() << doublings);
    }
}
