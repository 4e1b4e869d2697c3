package io.ashlar.router.stream;

import io.ashlar.router.node.Node;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The job connections for streams: so many per node, each opened for one stream and closed after it. Thread-safe. */
@Singleton
@Startup
final class StreamSlots {

    private final StreamConfig config;
    private final Map<String, Semaphore> slots = new ConcurrentHashMap<>();
    private final AtomicInteger running = new AtomicInteger();

    StreamSlots(StreamConfig config, MeterRegistry registry) {
        this.config = config;
        Gauge.builder("ashlar.router.streams.running", running, AtomicInteger::get)
                .description("Streams being read")
                .register(registry);
    }

    boolean tryTake(Node node) {
        boolean taken = slots.computeIfAbsent(node.name(), name -> new Semaphore(config.perNode()))
                .tryAcquire();
        if (taken) {
            running.incrementAndGet();
        }
        return taken;
    }

    void giveBack(Node node) {
        running.decrementAndGet();
        Semaphore slot = slots.get(node.name());
        if (slot != null) {
            slot.release();
        }
    }
}
