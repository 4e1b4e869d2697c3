package io.ashlar.authz.snapshot;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.change.ChangeMessage;
import io.ashlar.authz.change.ChangeMessage.Change;
import io.ashlar.authz.change.ChangeMessage.Tick;
import io.ashlar.authz.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots in use. While the change topic is fresh a held snapshot is used unless a newer revision was announced; while it
 * is not, each use compares the tenant's counters in the database first. Thread-safe; blocks where it must read.
 */
@ApplicationScoped
public class Snapshots {

    private final SnapshotLoader loader;
    private final Duration lagMax;
    private final TopicClock topic = new TopicClock(Clock.systemUTC());
    private final LoadingCache<UUID, Slot> slots;
    private final AtomicLong loads = new AtomicLong();
    private volatile long offset = -1;

    Snapshots(SnapshotLoader loader, SnapshotConfig config) {
        this.loader = loader;
        this.lagMax = config.lagMax();
        this.slots = Caffeine.newBuilder().maximumSize(config.tenantsMax()).build(tenant -> new Slot());
    }

    /** The place of one tenant: what is held, and the revision below which it must not be used. */
    private static final class Slot {

        private final AtomicLong required = new AtomicLong(-1);
        private final ReentrantLock loading = new ReentrantLock();
        private volatile @Nullable TenantSnapshot held;

        @Nullable TenantSnapshot usable() {
            TenantSnapshot snapshot = held;
            return snapshot != null && snapshot.versions().revision() >= required.get() ? snapshot : null;
        }
    }

    /**
     * The tenant's snapshot, not older than {@code lagMax}.
     *
     * @throws ProblemException {@code tenant_unknown}
     */
    public TenantSnapshot get(UUID tenant) {
        return find(tenant)
                .orElseThrow(() -> new ProblemException(AuthzError.TENANT_UNKNOWN, "the tenant does not exist"));
    }

    /** The same; empty if there is no such tenant. */
    public Optional<TenantSnapshot> find(UUID tenant) {
        // First: what the slot says afterwards includes all that was committed a lag ago.
        boolean fresh = fresh();
        Slot slot = slots.get(tenant);
        TenantSnapshot usable = slot.usable();
        if (usable != null && fresh) {
            return Optional.of(usable);
        }
        slot.loading.lock();
        try {
            usable = slot.usable();
            if (usable != null && (fresh || isNewest(usable))) {
                return Optional.of(usable);
            }
            Optional<TenantSnapshot> loaded = loader.load(tenant, slot.held);
            loads.incrementAndGet();
            slot.held = loaded.orElse(null);
            if (loaded.isEmpty()) {
                slots.invalidate(tenant);
            }
            return loaded;
        } finally {
            slot.loading.unlock();
        }
    }

    /** The tenant's snapshot if it can be used without reading anything; for threads that must not wait. */
    public Optional<TenantSnapshot> held(UUID tenant) {
        boolean fresh = fresh();
        @Nullable Slot slot = slots.getIfPresent(tenant);
        return fresh && slot != null ? Optional.ofNullable(slot.usable()) : Optional.empty();
    }

    private boolean isNewest(TenantSnapshot snapshot) {
        return loader.versions(snapshot.tenant())
                .map(versions -> versions.equals(snapshot.versions()))
                .orElse(false);
    }

    /** Whether the topic says what is old soon enough. */
    public boolean fresh() {
        Duration lag = topic.lag();
        return lag != null && lag.compareTo(lagMax) <= 0;
    }

    /** How far the topic is behind the database's time; empty if nothing has been heard. */
    public Optional<Duration> lag() {
        return Optional.ofNullable(topic.lag());
    }

    /**
     * Every change that precedes this offset of the topic is in what {@link #get} answers from now on; −1 until the topic has been
     * joined once.
     */
    public long offset() {
        return offset;
    }

    /** Everything before {@code next} has been taken in. */
    void read(long next) {
        offset = next;
    }

    /** How many snapshots were read from the database. */
    public long loads() {
        return loads.get();
    }

    /** Takes in what the topic says. A load under way that began too early is not used: its revision is below. */
    void accept(ChangeMessage message) {
        switch (message) {
            case Tick tick -> topic.tick(tick);
            case Change change -> require(change.tenant(), change.revision());
        }
    }

    /** Nothing below {@code revision} may be used for the tenant any more. */
    public void require(UUID tenant, long revision) {
        Slot slot = slots.getIfPresent(tenant);
        if (slot != null) {
            slot.required.accumulateAndGet(revision, Math::max);
        }
    }

    /**
     * Runs a change that announces its revision by {@link #require} before it commits. If it fails, what was announced will
     * never come: the tenant's place is made anew, so that nobody waits for it. A change that went well meanwhile may have
     * announced itself to the old place, so it makes the place anew as well.
     */
    public <T> T changing(UUID tenant, Supplier<T> change) {
        Slot announcedTo = slots.get(tenant);
        try {
            T result = change.get();
            if (slots.getIfPresent(tenant) != announcedTo) {
                slots.invalidate(tenant);
            }
            return result;
        } catch (RuntimeException e) {
            slots.invalidate(tenant);
            throw e;
        }
    }

    /** The topic is read from here on: what was loaded before may have missed a change. */
    void restart() {
        topic.lost();
        slots.invalidateAll();
    }

    /** The topic cannot be read: nothing is fresh until it can. */
    void lost() {
        topic.lost();
    }
}
