package io.ashlar.router.topology;

import java.util.OptionalLong;

/**
 * Where the primary's log stood when: the ruler that lag is measured with, without writing anything. A replica that has
 * replayed a remembered position has all that was committed before the question that brought it was sent.
 *
 * <p>Holds {@value #CAPACITY} samples; when full, every second one of the older half goes, so that hours fit and what is
 * lost is precision, always towards more lag. Thread-safe.
 */
final class LagSamples {

    static final int CAPACITY = 1024;

    private final long[] nanos = new long[CAPACITY];
    private final long[] lsns = new long[CAPACITY];
    private int size;

    /** Remembers that the log stood at {@code lsn} or before when {@code askedAtNanos} was now. */
    synchronized void remember(long askedAtNanos, long lsn) {
        if (size > 0 && lsn < lsns[size - 1]) {
            // The primary came back with less than it had (asynchronous commits lost): the ruler begins anew.
            size = 0;
        }
        if (size == CAPACITY) {
            thin();
        }
        nanos[size] = askedAtNanos;
        lsns[size] = lsn;
        size++;
    }

    /** Forgets everything: positions of another timeline mean nothing. */
    synchronized void clear() {
        size = 0;
    }

    /** When the last sample was taken; empty without one. */
    synchronized OptionalLong newestNanos() {
        return size == 0 ? OptionalLong.empty() : OptionalLong.of(nanos[size - 1]);
    }

    /** The newest remembered time whose position is reached; empty if none is. */
    synchronized OptionalLong freshAtNanos(long replayed) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (WalMath.reached(replayed, lsns[middle])) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high < 0 ? OptionalLong.empty() : OptionalLong.of(nanos[high]);
    }

    private void thin() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i >= CAPACITY / 2 || i % 2 == 1) {
                nanos[kept] = nanos[i];
                lsns[kept] = lsns[i];
                kept++;
            }
        }
        size = kept;
    }
}
