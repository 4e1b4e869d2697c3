package io.ashlar.router.choice;

/** A breaker that also counts who is inside. Knows no clock but the one it is told. Thread-safe. */
final class Gate {

    /** What a read has to say of the node. */
    enum Verdict {
        ANSWERED,
        FAILED,
        NONE
    }

    private final int failuresToShut;
    private final long shutNanos;
    private int failures;
    private boolean shut;
    private boolean trying;
    private long openAtNanos;
    private int inFlight;

    Gate(int failuresToShut, long shutNanos) {
        this.failuresToShut = failuresToShut;
        this.shutNanos = shutNanos;
    }

    synchronized int inFlight() {
        return inFlight;
    }

    synchronized boolean usable(long nowNanos) {
        return !shut || (!trying && nowNanos - openAtNanos >= 0);
    }

    synchronized boolean enter(long nowNanos) {
        if (!usable(nowNanos)) {
            return false;
        }
        trying = shut;
        inFlight++;
        return true;
    }

    synchronized void leave(Verdict verdict, long nowNanos) {
        inFlight--;
        switch (verdict) {
            case ANSWERED -> {
                failures = 0;
                shut = false;
                trying = false;
            }
            case FAILED -> {
                failures++;
                trying = false;
                if (failures >= failuresToShut) {
                    shut = true;
                    openAtNanos = nowNanos + shutNanos;
                }
            }
            case NONE -> trying = false;
        }
    }
}
