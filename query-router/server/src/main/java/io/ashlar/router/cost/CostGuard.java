package io.ashlar.router.cost;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.ashlar.router.client.Pool;
import io.ashlar.router.client.TooCostly;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Says which statements must be explained before they run, and judges their plans. What is remembered is a tenant's shape:
 * one tenant's rows say nothing of another's. Per pod, thread-safe.
 */
@Singleton
public final class CostGuard {

    /**
     * A shape is remembered if its cost is at most this share of the ceiling. Other values of the same shape may well cost
     * some times as much; what is nearer to the ceiling is explained each time, which adds little to what takes long anyway.
     */
    static final double SURE_SHARE = 0.1;

    private final CostConfig config;
    private final MeterRegistry registry;
    private final Cache<Shape, Boolean> cheap;

    @Inject
    CostGuard(CostConfig config, MeterRegistry registry) {
        this(config, registry, Ticker.systemTicker());
    }

    CostGuard(CostConfig config, MeterRegistry registry, Ticker ticker) {
        if (!(config.ceiling() >= 0) || !(config.jobCeiling().orElse(0) >= 0)) {
            throw new IllegalArgumentException("ashlar.router.cost: a ceiling is a number from 0 on");
        }
        this.config = config;
        this.registry = registry;
        this.cheap = Caffeine.newBuilder()
                .maximumSize(config.shapes())
                .expireAfterWrite(config.remember())
                .ticker(ticker)
                .build();
        Gauge.builder("ashlar.router.cost.shapes", cheap, Cache::estimatedSize)
                .description("Shapes of statements that are known to be cheap")
                .register(registry);
    }

    private record Shape(UUID tenant, Pool pool, String digest) {}

    /** Whether a statement may run without being explained first. */
    public boolean isSure(UUID tenant, Pool pool, String sql) {
        return ceiling(pool) == 0 || cheap.getIfPresent(shape(tenant, pool, sql)) != null;
    }

    /** Why the statement may not run; empty if it may, and then it is remembered if it is cheap. */
    public Optional<TooCostly> judge(UUID tenant, Pool pool, String sql, Plan plan) {
        double ceiling = ceiling(pool);
        if (ceiling != 0 && plan.cost() > ceiling) {
            explained(pool, "over");
            return Optional.of(new TooCostly(plan.cost(), plan.rows(), ceiling));
        }
        boolean sure = plan.cost() <= ceiling * SURE_SHARE;
        if (sure) {
            cheap.put(shape(tenant, pool, sql), Boolean.TRUE);
        }
        explained(pool, sure ? "cheap" : "near");
        return Optional.empty();
    }

    /** The statement took too long after all: whatever was remembered of it, it is explained the next time. */
    public void tookTooLong(UUID tenant, Pool pool, String sql) {
        cheap.invalidate(shape(tenant, pool, sql));
    }

    private void explained(Pool pool, String verdict) {
        registry.counter("ashlar.router.cost.explained", "pool", pool.wire(), "verdict", verdict)
                .increment();
    }

    private double ceiling(Pool pool) {
        return switch (pool) {
            case API -> config.ceiling();
            case JOB -> config.jobCeiling().orElse(0);
        };
    }

    /** The text by its digest: some are many kilobytes long. */
    private static Shape shape(UUID tenant, Pool pool, String sql) {
        byte[] digest = sha256().digest(sql.getBytes(StandardCharsets.UTF_8));
        return new Shape(tenant, pool, HexFormat.of().formatHex(digest));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the runtime has no SHA-256", e);
        }
    }
}
