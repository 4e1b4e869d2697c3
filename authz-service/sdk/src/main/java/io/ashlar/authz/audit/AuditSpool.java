package io.ashlar.authz.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue in memory-mapped files between those who decide and the one who ships.
 *
 * <p>When {@link #append} has returned, the record is in the operating system's hands: it survives {@code kill -9} of
 * this process, and is lost only with the machine's memory or disk. A full spool makes callers wait for
 * {@link SpoolOptions#patience()} and then throws {@link SpoolFullException}; the caller denies. Records leave in order,
 * at least once: whoever reads them drops repetitions by the event's id.
 *
 * <p>Thread-safe for any number of writers; {@link #await} and {@link #acknowledge} are for one reader.
 */
public final class AuditSpool implements AutoCloseable {

    private static final int MERGES_MAX = 20_000;

    private final SpoolOptions options;
    private final Clock clock;
    private final SpoolFiles files;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition content = lock.newCondition();

    /** Records that may still be merged into, oldest first (all windows are equally long). */
    private final Map<String, Merge> merges = new LinkedHashMap<>();

    private boolean closed;
    private long refused;

    private AuditSpool(SpoolOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.files = SpoolFiles.open(options);
    }

    /** Where a record is that may still be counted up. */
    private record Merge(SpoolPosition position, long closesAtNanos) {}

    /**
     * Some records in order, and what to acknowledge when all of them are delivered.
     *
     * @param records never empty
     */
    public record Batch(List<SpooledRecord> records, Object end) {
        public Batch {
            records = List.copyOf(records);
        }
    }

    /**
     * What a spool holds.
     *
     * @param backlogBytes not yet acknowledged
     * @param capacityBytes all files together
     * @param refused appends refused since the start, because there was no room
     */
    public record State(long backlogBytes, long capacityBytes, long refused) {
        /** Share of the capacity in use, 0 to 1. */
        public double fill() {
            return (double) backlogBytes / capacityBytes;
        }
    }

    /**
     * Opens the spool, with whatever an earlier process left in it.
     *
     * @throws SpoolException if another process holds it or a file is damaged
     */
    public static AuditSpool open(SpoolOptions options) {
        return new AuditSpool(options, Clock.systemUTC());
    }

    /**
     * Records one event that is never merged.
     *
     * @throws SpoolFullException if no room was made in time
     */
    public void append(SpoolRecord record) {
        append(record, null);
    }

    /**
     * Records one event; if an event with the same key was recorded within the merge window, that one is counted up
     * instead.
     *
     * @param mergeKey equal for events that differ in nothing but their time; null merges nothing
     * @throws SpoolFullException if no room was made in time
     */
    public void append(SpoolRecord record, @Nullable String mergeKey) {
        append(record, mergeKey, options.patience());
    }

    /**
     * The same for a thread that must not wait.
     *
     * @return false if there is no room now: nothing was recorded, and nothing was refused
     */
    public boolean offer(SpoolRecord record, @Nullable String mergeKey) {
        return append(record, mergeKey, null);
    }

    private boolean append(SpoolRecord record, @Nullable String mergeKey, @Nullable Duration patience) {
        byte[] payload = record.encode();
        int frameBytes = Segment.frameBytes(payload.length);
        if (frameBytes > options.segmentBytes() - Segment.HEADER_BYTES - 8) {
            throw new IllegalArgumentException(
                    "a record of " + frameBytes + " bytes does not fit into a segment of " + options.segmentBytes());
        }
        lock.lock();
        try {
            requireOpen();
            long micros = micros(clock.instant());
            if (mergeKey != null && mergeInto(mergeKey, micros)) {
                return true;
            }
            if (patience != null) {
                awaitRoom(frameBytes, patience);
            } else if (!files.reserve(frameBytes)) {
                return false;
            }
            SpoolPosition position = files.write(payload, micros);
            // Behind an open merge nothing can be shipped, and the reader wakes by itself when the oldest closes.
            boolean wakes = merges.isEmpty();
            if (mergeKey != null && !options.mergeWindow().isZero()) {
                remember(mergeKey, position);
            }
            if (wakes) {
                content.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts up the event that was recorded with this key within the merge window, which spares the caller the making of
     * another.
     *
     * @return false if there is none: {@link #append(SpoolRecord, String)} one
     */
    public boolean merge(String mergeKey) {
        lock.lock();
        try {
            requireOpen();
            return mergeInto(mergeKey, micros(clock.instant()));
        } finally {
            lock.unlock();
        }
    }

    private boolean mergeInto(String mergeKey, long micros) {
        Merge open = merges.get(mergeKey);
        if (open == null || System.nanoTime() - open.closesAtNanos() >= 0) {
            return false;
        }
        files.merge(open.position(), micros);
        return true;
    }

    private void remember(String mergeKey, SpoolPosition position) {
        closeExpired();
        if (merges.size() >= MERGES_MAX) {
            Iterator<Merge> eldest = merges.values().iterator();
            eldest.next();
            eldest.remove();
        }
        merges.remove(mergeKey);
        merges.put(
                mergeKey,
                new Merge(position, System.nanoTime() + options.mergeWindow().toNanos()));
    }

    private void closeExpired() {
        long now = System.nanoTime();
        Iterator<Merge> eldest = merges.values().iterator();
        while (eldest.hasNext() && now - eldest.next().closesAtNanos() >= 0) {
            eldest.remove();
        }
    }

    private void awaitRoom(int frameBytes, Duration patience) {
        long left = patience.toNanos();
        while (!files.reserve(frameBytes)) {
            if (left <= 0) {
                refused++;
                throw new SpoolFullException(patience);
            }
            try {
                left = room.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                refused++;
                throw new SpoolFullException(patience);
            }
            requireOpen();
        }
    }

    /**
     * Waits for records that can no longer be merged into, and returns them without removing them.
     *
     * @param recordsMax how many at most, 1 or more
     * @param timeout how long to wait for the first
     * @return null if there is none in time
     */
    public @Nullable Batch await(int recordsMax, Duration timeout) throws InterruptedException {
        SpoolPosition from;
        SpoolPosition limit;
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (true) {
                requireOpen();
                closeExpired();
                from = files.skipEnd(files.readPosition());
                limit = merges.isEmpty()
                        ? files.writePosition()
                        : merges.values().iterator().next().position();
                if (from.compareTo(limit) < 0) {
                    break;
                }
                if (left <= 0) {
                    return null;
                }
                long nap = merges.isEmpty()
                        ? left
                        : Math.min(left, merges.values().iterator().next().closesAtNanos() - System.nanoTime());
                left -= nap - content.awaitNanos(Math.max(nap, 1));
            }
            return collect(from, limit, recordsMax);
        } finally {
            lock.unlock();
        }
    }

    private Batch collect(SpoolPosition from, SpoolPosition limit, int recordsMax) {
        List<SpooledRecord> records = new ArrayList<>();
        SpoolPosition at = from;
        while (records.size() < recordsMax && at.compareTo(limit) < 0) {
            records.add(files.read(at));
            at = files.skipEnd(files.next(at));
        }
        return new Batch(records, at);
    }

    /** Says that a batch is delivered for good: the read mark moves behind it and its files are deleted. */
    public void acknowledge(Batch batch) {
        if (!(batch.end() instanceof SpoolPosition end)) {
            throw new IllegalArgumentException("not a batch of a spool");
        }
        lock.lock();
        try {
            files.acknowledge(end);
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all merge windows at once, so that everything can be shipped: for the end of the process. */
    public void endMerging() {
        lock.lock();
        try {
            merges.clear();
            content.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What the spool holds now. */
    public State state() {
        lock.lock();
        try {
            return new State(files.backlogBytes(), (long) options.segmentBytes() * options.segmentsMax(), refused);
        } finally {
            lock.unlock();
        }
    }

    /** Releases the files; what is in them waits for the next process. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                files.close();
                room.signalAll();
                content.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new SpoolException("the spool is closed");
        }
    }

    private static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1000;
    }
}
