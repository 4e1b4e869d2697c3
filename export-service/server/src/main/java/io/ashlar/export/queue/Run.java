package io.ashlar.export.queue;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The running of one attempt, shared by its handler, which reports and asks, and the worker's heartbeat, which carries the
 * report to the job's row and brings orders back. Thread-safe.
 */
public final class Run {

    /** Why an attempt has to end. */
    enum Stop {
        CANCELLED,
        LOST,
        SHUTDOWN
    }

    private final Job job;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final ReentrantLock interrupting = new ReentrantLock();
    private volatile long rows;
    private volatile long bytes;
    private @Nullable Thread thread;

    public Run(Job job) {
        this.job = job;
    }

    Job job() {
        return job;
    }

    /**
     * Says how far the attempt is, and whether it may go on.
     *
     * @throws StoppedException if it must end
     */
    public void progress(long rowsWritten, long bytesWritten) throws StoppedException {
        rows = rowsWritten;
        bytes = bytesWritten;
        Stop reason = stop.get();
        if (reason != null) {
            throw new StoppedException(reason.name());
        }
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** The handler runs on this thread now, or on none any more: what comes after it is not to be interrupted. */
    void on(@Nullable Thread runner) {
        interrupting.lock();
        try {
            thread = runner;
            if (runner != null && stop.get() != null) {
                runner.interrupt();
            }
        } finally {
            interrupting.unlock();
        }
    }

    /** Ends the attempt; what the handler waits for is interrupted. The first reason stays. */
    void stop(Stop reason) {
        interrupting.lock();
        try {
            if (stop.compareAndSet(null, reason) && thread != null) {
                thread.interrupt();
            }
        } finally {
            interrupting.unlock();
        }
    }

    @Nullable Stop stopped() {
        return stop.get();
    }
}
