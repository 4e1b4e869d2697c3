package io.ashlar.authz.embedded;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The place of one tenant: what is held, and what it must at least be. Thread-safe. */
final class Slot {

    private static final long UNPLACED = -1;

    private final AtomicLong revisionMin = new AtomicLong(-1);
    private final AtomicLong offsetMin = new AtomicLong(UNPLACED);
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable Held held;
    private volatile @Nullable Refusal refusal;

    private record Refusal(Standing standing, long untilNanos) {}

    /** Held by whoever loads. */
    ReentrantLock loading() {
        return loading;
    }

    boolean isPlaced() {
        return offsetMin.get() != UNPLACED;
    }

    /** Where a new slot begins to be told; nothing for one that has been told already. */
    void place(long offset) {
        offsetMin.compareAndSet(UNPLACED, offset);
    }

    /** Changes before this offset were not told here, or may not have been: a snapshot must contain them. */
    void toldFrom(long offset) {
        offsetMin.set(offset);
    }

    /** Nothing older than this revision counts any more. */
    void require(long revision) {
        revisionMin.accumulateAndGet(revision, Math::max);
        refusal = null;
    }

    void hold(Held loaded) {
        held = loaded;
        refusal = null;
    }

    void forget() {
        held = null;
    }

    @Nullable Held held() {
        return held;
    }

    /** What is held, if nothing newer is known of. */
    @Nullable Held notSuperseded() {
        Held present = held;
        return present != null && present.revision() >= revisionMin.get() ? present : null;
    }

    /** What is held, if it is all that was told. */
    @Nullable Held usable() {
        Held present = notSuperseded();
        return present != null && present.offset() >= offsetMin.get() ? present : null;
    }

    /** Gives the same answer to all until then, so that a decision point in trouble is not asked by each question. */
    Standing refuse(Standing standing, long untilNanos) {
        refusal = new Refusal(standing, untilNanos);
        return standing;
    }

    Optional<Standing> refusedUntil(long nowNanos) {
        Refusal present = refusal;
        return present != null && nowNanos - present.untilNanos() < 0
                ? Optional.of(present.standing())
                : Optional.empty();
    }
}
