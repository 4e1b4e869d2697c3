package io.ashlar.authz.embedded;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.change.ChangeListener;
import io.ashlar.authz.change.ChangeMessage;
import io.ashlar.authz.change.ChangeMessage.Change;
import io.ashlar.authz.change.ChangeMessage.Tick;
import io.ashlar.authz.change.TopicClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots in use. One is used while the change topic is fresh, announced nothing newer, and the snapshot reaches at least
 * to where the topic is read from; else it is loaded again, by one question for all that wait. Thread-safe; blocks to load.
 */
final class Tenants implements ChangeListener, AutoCloseable {

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long PAUSE_MILLIS = 25;

    private final SnapshotSource source;
    private final EmbeddedOptions options;
    private final TopicClock topic;
    private final LongSupplier nanos;
    private final Consumer<Duration> latencies;
    private final LoadingCache<UUID, Slot> slots;
    private final LongAdder loads = new LongAdder();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What is told from here on is told to every slot that there is. */
    private volatile long reached = Long.MAX_VALUE;

    Tenants(
            SnapshotSource source,
            EmbeddedOptions options,
            TopicClock topic,
            LongSupplier nanos,
            Consumer<Duration> latencies) {
        this.source = source;
        this.options = options;
        this.topic = topic;
        this.nanos = nanos;
        this.latencies = latencies;
        this.slots = Caffeine.newBuilder().maximumSize(options.tenantsMax()).build(tenant -> new Slot());
    }

    /** Where a tenant stands; loads its snapshot if need be. */
    Standing find(UUID tenant) {
        // First: what the slot says afterwards includes all that was committed a lag ago.
        boolean fresh = topic.within(options.lagMax());
        Slot slot = slot(tenant);
        if (!fresh) {
            return unsure(slot, "the change topic is behind, or silent");
        }
        @Nullable Held usable = slot.usable();
        if (usable != null) {
            return new Standing.Current(usable.policies());
        }
        Optional<Standing> refused = refused(slot);
        return refused.orElseGet(() -> load(tenant, slot));
    }

    private Optional<Standing> refused(Slot slot) {
        return slot.refusedUntil(nanos.getAsLong())
                .map(standing -> standing instanceof Standing.Unsure unsure ? unsure(slot, unsure.why()) : standing);
    }

    /** Snapshots asked for since the start. */
    long loads() {
        return loads.sum();
    }

    @Override
    public void joined(long offset) {
        slots.asMap().values().forEach(slot -> slot.toldFrom(offset));
    }

    @Override
    public void reached(long next) {
        reached = next;
    }

    @Override
    public void accept(ChangeMessage message) {
        switch (message) {
            case Tick tick -> topic.heard(tick);
            case Change change -> {
                @Nullable Slot slot = slots.getIfPresent(change.tenant());
                if (slot != null) {
                    slot.require(change.revision());
                    topic.latency(change, options.lagMax()).ifPresent(latencies);
                }
            }
        }
    }

    @Override
    public void lost() {
        topic.lost();
        reached = Long.MAX_VALUE;
        joined(Long.MAX_VALUE);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /** The tenant's slot; what was told before there was one is what a snapshot for it must reach to. */
    private Slot slot(UUID tenant) {
        Slot slot = slots.get(tenant);
        if (!slot.isPlaced()) {
            // Read when the slot can be found already: what is told later is told to it.
            slot.place(reached);
        }
        return slot;
    }

    private Standing load(UUID tenant, Slot slot) {
        long end = nanos.getAsLong() + options.loadWaitMax().toNanos();
        boolean mine = false;
        try {
            mine = slot.loading().tryLock(options.loadWaitMax().toNanos(), TimeUnit.NANOSECONDS);
            if (!mine) {
                return unsure(slot, "the snapshot is being loaded");
            }
            Optional<Standing> refused = refused(slot);
            if (refused.isPresent()) {
                return refused.get();
            }
            do {
                @Nullable Held usable = slot.usable();
                if (usable != null) {
                    return new Standing.Current(usable.policies());
                }
                loads.increment();
                Optional<Held> fetched = source.fetch(tenant, slot.held(), nanos.getAsLong());
                if (fetched.isEmpty()) {
                    slot.forget();
                    return slot.refuse(new Standing.NoTenant(), nanos.getAsLong() + RETRY_NANOS);
                }
                slot.hold(fetched.get());
            } while (slot.usable() != null || goesOn(end));
            return unsure(slot, "authz has no snapshot yet as new as what the change topic told");
        } catch (CallFailedException | IOException e) {
            return slot.refuse(unsure(slot, "no snapshot: " + e.getMessage()), nanos.getAsLong() + RETRY_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unsure(slot, "interrupted");
        } finally {
            if (mine) {
                slot.loading().unlock();
            }
        }
    }

    private boolean goesOn(long end) throws InterruptedException {
        return nanos.getAsLong() - end < 0 && !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Standing.Unsure unsure(Slot slot, String why) {
        @Nullable Held last = slot.notSuperseded();
        if (last == null) {
            return new Standing.Unsure(why, null, Duration.ZERO);
        }
        Duration age = Duration.ofNanos(nanos.getAsLong() - last.askedNanos());
        if (slot.usable() != null) {
            // Nothing newer was told while the topic was read: it held at least until then.
            Duration proven = topic.sinceProven().orElse(age);
            age = proven.compareTo(age) < 0 ? proven : age;
        }
        return new Standing.Unsure(why, last.policies(), age);
    }
}
