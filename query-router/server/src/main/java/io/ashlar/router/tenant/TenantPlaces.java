package io.ashlar.router.tenant;

import io.ashlar.router.client.Pool;
import io.ashlar.router.flight.FlightConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The places of all tenants. Thread-safe; blocks, so call it from virtual threads. */
@Singleton
@Startup
public final class TenantPlaces {

    private final TenantConfig config;
    private final MeterRegistry registry;
    private final Map<Pool, Integer> each;
    private final Map<Pool, AtomicInteger> taken = new EnumMap<>(Pool.class);
    private final Map<Key, Desk> desks = new ConcurrentHashMap<>();

    TenantPlaces(TenantConfig config, FlightConfig flights, MeterRegistry registry) {
        this.config = config;
        this.registry = registry;
        this.each = Map.of(
                Pool.API, places("api-share", config.apiShare(), flights.apiPoolSize()),
                Pool.JOB, places("job-share", config.jobShare(), flights.jobPoolSize()));
        if (config.queueLength() < 0) {
            throw new IllegalArgumentException("ashlar.router.tenants.queue-length is less than 0");
        }
        Arrays.stream(Pool.values()).forEach(this::meter);
    }

    private record Key(UUID tenant, Pool pool) {}

    /** A place, given back when it is closed; empty if none came free in time, or too many wait already. */
    public Optional<Place> enter(UUID tenant, Pool pool) throws InterruptedException {
        Key key = new Key(tenant, pool);
        AtomicBoolean joined = new AtomicBoolean();
        Desk desk = desks.compute(key, (same, there) -> {
            Desk at = there == null ? new Desk(each.getOrDefault(pool, 1), config.queueLength()) : there;
            joined.set(at.join());
            return at;
        });
        if (!joined.get()) {
            return Optional.empty();
        }
        boolean placed = false;
        try {
            placed = place(desk, pool);
        } finally {
            if (!placed) {
                leave(key);
            }
        }
        if (!placed) {
            return Optional.empty();
        }
        AtomicInteger count = taken(pool);
        count.incrementAndGet();
        return Optional.of(new Place(() -> {
            count.decrementAndGet();
            desk.free().release();
            leave(key);
        }));
    }

    private boolean place(Desk desk, Pool pool) throws InterruptedException {
        // Not the variant without a time, which would pass by those who wait.
        if (desk.free().tryAcquire(0, TimeUnit.NANOSECONDS)) {
            return true;
        }
        long start = System.nanoTime();
        boolean placed = desk.free().tryAcquire(config.waitLimit().toNanos(), TimeUnit.NANOSECONDS);
        registry.timer("ashlar.router.tenant.wait", "pool", pool.wire(), "outcome", placed ? "placed" : "over")
                .record(Duration.ofNanos(System.nanoTime() - start));
        return placed;
    }

    private void leave(Key key) {
        desks.computeIfPresent(key, (same, desk) -> desk.leave() ? null : desk);
    }

    private AtomicInteger taken(Pool pool) {
        return taken.computeIfAbsent(pool, same -> new AtomicInteger());
    }

    private void meter(Pool pool) {
        Gauge.builder("ashlar.router.tenant.places.taken", taken(pool), AtomicInteger::get)
                .tag("pool", pool.wire())
                .description("Reads running, of all tenants")
                .register(registry);
        Gauge.builder("ashlar.router.tenant.places.each", () -> each.getOrDefault(pool, 1))
                .tag("pool", pool.wire())
                .description("Reads that one tenant may have running")
                .register(registry);
        Gauge.builder("ashlar.router.tenants.reading", desks, all -> all.keySet().stream()
                        .filter(key -> key.pool() == pool)
                        .count())
                .tag("pool", pool.wire())
                .description("Tenants with a read that runs or waits")
                .register(registry);
    }

    private static int places(String key, double share, int connections) {
        if (!(share > 0)) {
            throw new IllegalArgumentException("ashlar.router.tenants." + key + " " + share + " is not above 0");
        }
        // A share beyond all bounds is cast to the greatest integer.
        return Math.max(1, (int) (share * connections));
    }
}
