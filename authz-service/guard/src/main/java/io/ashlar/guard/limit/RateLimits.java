package io.ashlar.guard.limit;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.guard.config.GuardConfig;
import io.ashlar.guard.identity.Caller;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The three limits of a request. */
@ApplicationScoped
public class RateLimits {

    private static final long NO_TIMER = -1;

    private final GuardConfig guard;
    private final Instance<Redis> redis;
    private final MeterRegistry meters;
    private final Limit user;
    private final Limit tenant;
    private final Limit global;
    private final AtomicReference<@Nullable RateLimiter> limiter = new AtomicReference<>();
    private volatile long heartbeat = NO_TIMER;

    RateLimits(GuardConfig guard, Instance<Redis> redis, MeterRegistry meters) {
        GuardConfig.RateLimit limits = guard.rateLimit();
        this.guard = guard;
        this.redis = redis;
        this.meters = meters;
        this.user = new Limit("user", limits.user(), limits.userBurst());
        this.tenant = new Limit("tenant", limits.tenant(), limits.tenantBurst());
        this.global = new Limit("global", limits.global(), limits.globalBurst());
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        GuardConfig.RateLimit limits = guard.rateLimit();
        if (!limits.enabled()) {
            return;
        }
        Redis client = redis.get();
        Pods pods = new Pods(client, guard.service(), limits.heartbeat());
        RateLimiter created = new RateLimiter(
                guard.service(), new RedisBuckets(client, limits.redisTimeout()), pods, limits.syncDelay());
        limiter.set(created);
        heartbeat = vertx.setPeriodic(1, limits.heartbeat().toMillis(), id -> pods.beat());
        Gauge.builder("ashlar.guard.rate.limit.redis.up", pods, p -> p.redisUp() ? 1 : 0)
                .description("1 while limits are counted over all pods")
                .register(meters);
        Gauge.builder("ashlar.guard.rate.limit.pods", pods, Pods::lastCounted)
                .description("pods of this service, last counted")
                .register(meters);
        FunctionCounter.builder("ashlar.guard.rate.limit.alone", created, RateLimiter::decidedAlone)
                .description("decisions made by this pod's share of a limit, without Redis")
                .register(meters);
    }

    /** Redis' client goes before the event loop does; a beat in between would find none. */
    void stop(@Observes ShutdownEvent event, Vertx vertx) {
        if (heartbeat != NO_TIMER) {
            vertx.cancelTimer(heartbeat);
        }
    }

    /**
     * Counts a request and says in its answer's head what is left. Thread-safe; never blocks. The future may be completed by a thread of
     * Redis' client.
     *
     * @param caller null where the request is open to all
     * @return failed with {@link ProblemException} {@code rate_limited} if there was no token for it
     */
    public CompletableFuture<Void> admit(HttpServerResponse response, @Nullable Caller caller) {
        return take(caller).thenAccept(verdict -> verdict.ifPresent(so -> so.tell(response)));
    }

    /**
     * The tightest verdict, or the first refusal; empty where limits are switched off. Service accounts count against the
     * global limit, and that of the tenant they act in: the user was counted at the door where the request came in.
     */
    private CompletableFuture<Optional<Verdict>> take(@Nullable Caller caller) {
        RateLimiter buckets = limiter.get();
        if (buckets == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Verdict> verdict = buckets.take(global, "all");
        if (caller != null && caller.tenant() != null) {
            String inTenant = caller.tenant().toString();
            verdict = verdict.thenCompose(so -> next(so, buckets, tenant, inTenant));
            if (caller.actingService() == null) {
                verdict = verdict.thenCompose(so -> next(so, buckets, user, inTenant + "/" + caller.subject()));
            }
        }
        return verdict.thenApply(Optional::of);
    }

    private static CompletableFuture<Verdict> next(Verdict sofar, RateLimiter buckets, Limit limit, String who) {
        return sofar.allowed()
                ? buckets.take(limit, who).thenApply(now -> now.allowed() ? sofar.tighter(now) : now)
                : CompletableFuture.completedFuture(sofar);
    }
}
