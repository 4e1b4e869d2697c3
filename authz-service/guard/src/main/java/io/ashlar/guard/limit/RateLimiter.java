package io.ashlar.guard.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes tokens. A bucket answers from memory and synchronises with Redis after a delay or after a twentieth of its burst,
 * whichever comes first, so pods together may exceed a limit by that much each. Thread-safe; never blocks.
 */
final class RateLimiter {

    private static final long KEYS_MAX = 100_000;
    private static final Duration IDLE_MAX = Duration.ofMinutes(10);

    private final String service;
    private final RedisBuckets redis;
    private final Pods pods;
    private final Duration syncDelay;
    private final LongAdder alone = new LongAdder();
    private final Cache<String, AsyncBucketProxy> shared = Caffeine.newBuilder()
            .maximumSize(KEYS_MAX)
            .expireAfterAccess(IDLE_MAX)
            .build();
    private final Cache<String, Bucket> own = Caffeine.newBuilder()
            .maximumSize(KEYS_MAX)
            .expireAfterAccess(IDLE_MAX)
            .build();

    RateLimiter(String service, RedisBuckets redis, Pods pods, Duration syncDelay) {
        this.service = service;
        this.redis = redis;
        this.pods = pods;
        this.syncDelay = syncDelay;
    }

    /** Takes one token of the bucket that {@code who} has under this limit. */
    CompletableFuture<Verdict> take(Limit limit, String who) {
        if (!pods.redisUp()) {
            return CompletableFuture.completedFuture(takeAlone(limit, who));
        }
        String key = "ashlar:limit:" + service + ":{" + limit.kind() + ":" + who + "}:" + limit.version();
        return shared.get(key, name -> bucket(name, limit))
                .tryConsumeAndReturnRemaining(1)
                .thenApply(probe -> Verdict.of(limit, probe))
                .exceptionally(failure -> {
                    pods.down(failure);
                    return takeAlone(limit, who);
                });
    }

    /** Decisions made without Redis. */
    long decidedAlone() {
        return alone.sum();
    }

    private AsyncBucketProxy bucket(String key, Limit limit) {
        DelayParameters delay = new DelayParameters(Math.max(1, limit.burst() / 20), syncDelay);
        return redis.asAsync()
                .builder()
                .withOptimization(Optimizations.delaying(delay))
                .build(key, () -> CompletableFuture.completedFuture(limit.bucket()));
    }

    private Verdict takeAlone(Limit limit, String who) {
        alone.increment();
        Limit share = limit.share(pods.lastCounted());
        String key = share.kind() + ":" + who + ":" + share.version();
        Bucket bucket = own.get(key, name -> Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(share.burst())
                        .refillGreedy(share.perSecond(), Duration.ofSeconds(1))
                        .build())
                .build());
        return Verdict.of(share, bucket.tryConsumeAndReturnRemaining(1));
    }
}
