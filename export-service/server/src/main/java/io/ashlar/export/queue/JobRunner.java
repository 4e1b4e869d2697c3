package io.ashlar.export.queue;

import io.ashlar.authz.call.CallFailedException;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** One attempt from claim to end: runs the handler within the request's trace, and writes down what came of it. */
final class JobRunner {

    private static final Logger LOG = Logger.getLogger(JobRunner.class);

    private final JobQueue queue;
    private final Backoff backoff;

    JobRunner(JobQueue queue, Backoff backoff) {
        this.queue = queue;
        this.backoff = backoff;
    }

    void run(Run run, @Nullable JobHandler handler) {
        Job job = run.job();
        MDC.put("tenant", job.tenant().toString());
        MDC.put("job", job.id().toString());
        if (job.requestId() != null) {
            MDC.put("request_id", job.requestId());
        }
        JobSpan span = JobSpan.of(job);
        try {
            span.run(() -> runWithin(span, run, handler));
        } finally {
            MDC.clear();
        }
    }

    private void runWithin(JobSpan span, Run run, @Nullable JobHandler handler) {
        Job job = run.job();
        long begin = System.nanoTime();
        @Nullable Outcome outcome = attempt(run, handler);
        // An interrupt meant for the attempt must not reach the statement that ends it: a heartbeat may cross the end.
        run.on(null);
        boolean interrupted = Thread.interrupted();
        try {
            String ended = end(run, outcome);
            span.ended(ended);
            LOG.infof(
                    "event=job_attempt_ended kind=%s job=%s attempt=%d ended=%s interrupted=%s ms=%d",
                    job.kind(),
                    job.id(),
                    job.attempt(),
                    ended,
                    interrupted,
                    Duration.ofNanos(System.nanoTime() - begin).toMillis());
        } catch (SQLException e) {
            LOG.errorf(e, "event=job_end_not_written job=%s, its lease will expire", job.id());
        }
    }

    private static @Nullable Outcome attempt(Run run, @Nullable JobHandler handler) {
        Job job = run.job();
        if (handler == null) {
            return new Outcome.Failed("unknown_kind", "no worker here does jobs of this kind");
        }
        try {
            return handler.run(job, run);
        } catch (StoppedException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return run.stopped() == null ? new Outcome.Retry("interrupted", "the attempt was interrupted") : null;
        } catch (RuntimeException e) {
            if (run.stopped() != null) {
                return null;
            }
            LOG.errorf(e, "event=job_attempt_failed job=%s attempt=%d", job.id(), job.attempt());
            return e instanceof CallFailedException failed
                    ? new Outcome.Retry("dependency_unavailable", failed.service() + " did not answer as it should")
                    : new Outcome.Retry("internal_error", "the attempt failed");
        }
    }

    /** Writes the end; a stop that came first outweighs the handler's own verdict, unless that was success. */
    private String end(Run run, @Nullable Outcome outcome) throws SQLException {
        Job job = run.job();
        if (outcome instanceof Outcome.Done done && queue.succeed(job, done)) {
            return "succeeded";
        }
        Run.Stop stop = run.stopped();
        if (stop == Run.Stop.SHUTDOWN) {
            return queue.release(job) ? "released" : "lost";
        }
        return switch (outcome) {
            // Stopped, or done too late: only a cancel or a lost claim keeps a success from being written.
            case null -> queue.cancelled(job) ? "cancelled" : "lost";
            case Outcome.Done done -> queue.cancelled(job) ? "cancelled" : "lost";
            case Outcome.Retry retry ->
                queue.retry(job, retry, backoff.after(job.attempt())) ? "retry:" + retry.code() : "lost";
            case Outcome.Failed failed -> queue.fail(job, failed) ? "failed:" + failed.code() : "lost";
        };
    }
}
