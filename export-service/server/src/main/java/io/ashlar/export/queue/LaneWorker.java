package io.ashlar.export.queue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Works on one lane: claims as many jobs as it has free slots, runs each on a virtual thread, keeps their leases alive.
 * {@link #start()} once, {@link #hint()} whenever there may be work, {@link #close()} at the end; it then stops its runs and
 * gives their jobs back.
 */
public final class LaneWorker implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LaneWorker.class);

    private final Lane lane;
    private final String name;
    private final JobQueue queue;
    private final Map<String, JobHandler> handlers;
    private final Settings settings;
    private final Set<Run> runs = ConcurrentHashMap.newKeySet();
    private final Semaphore free;
    private final Semaphore hints = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Thread> loops;
    private final JobRunner runner;

    /**
     * How a lane is worked.
     *
     * @param slots jobs at once
     * @param pollMin shortest pause on an empty queue
     * @param pollMax longest pause on an empty queue
     * @param heartbeat between renewals of the leases
     * @param backoffBase see {@link QueueConfig#backoffBase()}
     * @param backoffCap see {@link QueueConfig#backoffCap()}
     */
    public record Settings(
            int slots,
            Duration pollMin,
            Duration pollMax,
            Duration heartbeat,
            Duration backoffBase,
            Duration backoffCap) {

        public Settings {
            if (slots < 1 || pollMin.isNegative() || pollMax.compareTo(pollMin) < 0 || !heartbeat.isPositive()) {
                throw new IllegalArgumentException("a lane's settings are out of range");
            }
        }
    }

    public LaneWorker(Lane lane, String name, JobQueue queue, Map<String, JobHandler> handlers, Settings settings) {
        this.lane = lane;
        this.name = name;
        this.queue = queue;
        this.handlers = Map.copyOf(handlers);
        this.settings = settings;
        this.free = new Semaphore(settings.slots());
        this.runner = new JobRunner(
                queue, new Backoff(settings.backoffBase(), settings.backoffCap(), () -> ThreadLocalRandom.current()
                        .nextLong()));
        this.loops = List.of(
                Thread.ofVirtual().name(name + "-" + lane.column() + "-claim").unstarted(this::claimLoop),
                Thread.ofVirtual()
                        .name(name + "-" + lane.column() + "-heartbeat")
                        .unstarted(this::heartbeatLoop));
    }

    public void start() {
        loops.forEach(Thread::start);
    }

    /** There may be work: look at once. Many hints before a look are one. */
    public void hint() {
        if (hints.availablePermits() == 0) {
            hints.release();
        }
    }

    /** How many jobs run now. */
    public int running() {
        return runs.size();
    }

    @Override
    public void close() {
        stopping.countDown();
        hint();
        runs.forEach(run -> run.stop(Run.Stop.SHUTDOWN));
        try {
            // All slots back means all jobs given back; a handler that does not end loses its lease anyway.
            if (!free.tryAcquire(settings.slots(), 15, TimeUnit.SECONDS)) {
                LOG.warnf("event=worker_closed_late lane=%s worker=%s running=%d", lane.column(), name, runs.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loops.forEach(Thread::interrupt);
    }

    private boolean stopped() {
        return stopping.getCount() == 0;
    }

    private void claimLoop() {
        while (!stopped()) {
            try {
                free.acquire();
                free.release();
                if (claim() == 0) {
                    pause();
                }
            } catch (InterruptedException e) {
                return;
            } catch (SQLException | RuntimeException e) {
                LOG.errorf(e, "event=claim_failed lane=%s worker=%s", lane.column(), name);
                pauseAfterFailure();
            }
        }
    }

    private int claim() throws SQLException, InterruptedException {
        int slots = free.drainPermits();
        int taken = 0;
        try {
            if (slots > 0 && !stopped()) {
                for (Job job : queue.claim(lane, slots, name)) {
                    taken++;
                    start(job);
                }
            }
        } finally {
            free.release(slots - taken);
        }
        return taken;
    }

    private void start(Job job) {
        Run run = new Run(job);
        Thread thread = Thread.ofVirtual().name("job-" + job.id()).unstarted(() -> {
            try {
                run.on(Thread.currentThread());
                runner.run(run, handlers.get(job.kind()));
            } finally {
                runs.remove(run);
                free.release();
            }
        });
        runs.add(run);
        thread.start();
        if (stopped()) {
            run.stop(Run.Stop.SHUTDOWN);
        }
    }

    private void pause() throws InterruptedException {
        long millis = ThreadLocalRandom.current()
                .nextLong(settings.pollMin().toMillis(), settings.pollMax().toMillis() + 1);
        if (hints.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            hints.drainPermits();
        }
    }

    private void pauseAfterFailure() {
        try {
            if (stopping.await(settings.pollMax().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debugf("event=worker_stopping lane=%s worker=%s", lane.column(), name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void heartbeatLoop() {
        try {
            while (!stopping.await(settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS)) {
                runs.forEach(this::heartbeat);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void heartbeat(Run run) {
        try {
            switch (queue.heartbeat(run.job(), run.rows(), run.bytes())) {
                case GO_ON -> LOG.tracef("event=heartbeat job=%s", run.job().id());
                case CANCEL -> run.stop(Run.Stop.CANCELLED);
                case LOST -> run.stop(Run.Stop.LOST);
            }
        } catch (SQLException | RuntimeException e) {
            // The lease outlives two missed heartbeats; after that another worker takes over and the fence holds.
            LOG.warnf(e, "event=heartbeat_failed job=%s", run.job().id());
        }
    }
}
