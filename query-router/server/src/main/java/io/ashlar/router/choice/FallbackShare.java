package io.ashlar.router.choice;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Semaphore;

/**
 * The primary's room for reads that no replica can serve: a share of this pod's own connections to it. As every pod has
 * its own pool, the share of the whole cluster is the same whatever the number of pods. Thread-safe.
 */
public final class FallbackShare {

    private final Semaphore free;

    /** A share of {@code poolSize} connections; one at least, unless the share is 0. */
    public FallbackShare(double share, int poolSize, MeterRegistry registry) {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("ashlar.router.choice.fallback-share " + share + " is not in 0 to 1");
        }
        int permits = share == 0 ? 0 : Math.max(1, (int) (share * poolSize));
        this.free = new Semaphore(permits);
        Gauge.builder("ashlar.router.fallback.free", free, Semaphore::availablePermits)
                .description("Reads that the primary could still take over for replicas")
                .register(registry);
        Gauge.builder("ashlar.router.fallback.permits", () -> permits)
                .description("Reads that the primary may take over for replicas at once")
                .register(registry);
    }

    public boolean tryTake() {
        return free.tryAcquire();
    }

    public void giveBack() {
        free.release();
    }
}
