package io.ashlar.export.queue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * {@code ashlar_export_job_duration_seconds} by kind, outcome and size: from the order to the end by the database's clock, counted
 * by the process that wrote the end. Thread-safe.
 */
public final class JobMeters {

    private static final Duration[] BOUNDARIES = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        Duration.ofHours(1)
    };
    private static final long MEDIUM_ROWS = 100_000;
    private static final long LARGE_ROWS = 1_000_000;

    private final MeterRegistry meters;

    /** Makes the meters of the usual ends, so that they are there before the first job. */
    public JobMeters(MeterRegistry meters) {
        this.meters = meters;
        for (String size : new String[] {size(0), size(MEDIUM_ROWS), size(LARGE_ROWS)}) {
            timer("export", "succeeded", size);
        }
        timer("export", "dead", size(0));
    }

    /**
     * Counts a job that has ended; one that goes back to the queue is none.
     *
     * @param kind of the job
     * @param state it is in now
     * @param rows it has written, as far as known
     * @param age since it was ordered
     */
    void ended(String kind, String state, long rows, Duration age) {
        if (!state.equals("queued")) {
            timer(kind, state, size(rows)).record(age);
        }
    }

    /** The classes that the service levels tell apart: below 100,000 rows, below 1,000,000, and more. */
    static String size(long rows) {
        return rows < MEDIUM_ROWS ? "small" : rows < LARGE_ROWS ? "medium" : "large";
    }

    private Timer timer(String kind, String outcome, String size) {
        return Timer.builder("ashlar.export.job.duration")
                .description("from the order to the end")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .tag("size", size)
                .serviceLevelObjectives(BOUNDARIES)
                .register(meters);
    }
}
