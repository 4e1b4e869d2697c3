package io.ashlar.ingest.load;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The right to write one partition, from a rise of the epoch until it is lost. The consumer thread makes and closes it, a lane
 * moves it on; a lost one is never used again, so that what was decoded for it is simply passed over.
 */
final class PartitionHold {

    enum State {
        /** The writer may write. */
        HELD,
        /** Another writer has a higher epoch. */
        FENCED,
        /** A load failed or its outcome is unknown; the store knows where to begin again. */
        FAILED,
        /** The group took the partition away. */
        REVOKED
    }

    private final int partition;
    private final long epoch;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
    private volatile long nextOffset;

    PartitionHold(int partition, long epoch, long nextOffset) {
        this.partition = partition;
        this.epoch = epoch;
        this.nextOffset = nextOffset;
    }

    int partition() {
        return partition;
    }

    long epoch() {
        return epoch;
    }

    /** The first offset that is not stored. */
    long nextOffset() {
        return nextOffset;
    }

    /** Called by the lane after its commit. */
    void moveTo(long offset) {
        nextOffset = offset;
    }

    boolean held() {
        return state.get() == State.HELD;
    }

    State state() {
        return state.get();
    }

    /** The first reason to end stays. */
    void end(State reason) {
        state.compareAndSet(State.HELD, reason);
    }
}
