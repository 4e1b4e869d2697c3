package io.ashlar.ingest.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How old the youngest moment is at which everything on the log is stored by now. Remembers where the log ended and when; a
 * moment is reached once the store is at or past all its ends. Needs no clock but a monotonic one, and says the truth about a
 * loader that is dead as well. Thread-safe.
 */
final class LoaderLag {

    /** Moments that wait at once. When there are more, every other one is forgotten: the lag is then told more coarsely. */
    private static final int MOMENTS_MAX = 512;

    private record Moment(long nanos, Map<Integer, Long> ends) {
        boolean reached(Map<Integer, Long> stored) {
            return ends.entrySet().stream().allMatch(end -> stored.getOrDefault(end.getKey(), 0L) >= end.getValue());
        }
    }

    private final Deque<Moment> waiting = new ArrayDeque<>();
    private boolean known;
    private long reachedNanos;
    private long chunks;

    /**
     * Takes a reading.
     *
     * @param nanos when, by {@link System#nanoTime()}
     * @param stored the first offset not stored, by partition, read before the ends
     * @param ends the offset behind the last chunk, by partition
     */
    synchronized void read(long nanos, Map<Integer, Long> stored, Map<Integer, Long> ends) {
        chunks = ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - stored.getOrDefault(end.getKey(), 0L)))
                .sum();
        if (waiting.size() == MOMENTS_MAX) {
            thinOut();
        }
        waiting.addLast(new Moment(nanos, Map.copyOf(ends)));
        while (!waiting.isEmpty() && waiting.getFirst().reached(stored)) {
            reachedNanos = waiting.removeFirst().nanos();
            known = true;
        }
    }

    /** Nanoseconds at {@code nanos} since the youngest moment that is reached; empty before there is one. */
    synchronized OptionalLong behindNanos(long nanos) {
        return known ? OptionalLong.of(nanos - reachedNanos) : OptionalLong.empty();
    }

    /** Chunks on the log that were not stored at the last reading. */
    synchronized long chunks() {
        return chunks;
    }

    private void thinOut() {
        Iterator<Moment> moments = waiting.iterator();
        for (boolean keep = true; moments.hasNext(); keep = !keep) {
            moments.next();
            if (!keep) {
                moments.remove();
            }
        }
    }
}
