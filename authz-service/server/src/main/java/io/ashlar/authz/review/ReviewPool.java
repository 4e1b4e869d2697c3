package io.ashlar.authz.review;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.problem.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where reviews run: few platform threads with a deep stack, for native code that recurses, a bounded queue, and a limit of time.
 * Native code cannot be interrupted; one that exceeds its time keeps its thread until it ends, and others are refused meanwhile.
 */
@ApplicationScoped
class ReviewPool {

    private static final long STACK_BYTES = 16L << 20;
    private static final long RETRY_AFTER_SECONDS = 5;

    private final ThreadPoolExecutor threads;
    private final Duration timeLimit;

    ReviewPool(ReviewConfig config) {
        this.threads = new ThreadPoolExecutor(
                config.threads(),
                config.threads(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(config.waiting()),
                work -> {
                    Thread thread = new Thread(null, work, "authz-review", STACK_BYTES);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        this.timeLimit = config.timeLimit();
    }

    /**
     * Runs one review.
     *
     * @throws ProblemException {@code review_busy} if too many are under way, or it took too long
     */
    <T> T call(Callable<T> review) {
        Future<T> future;
        try {
            future = threads.submit(review);
        } catch (RejectedExecutionException e) {
            throw busy("too many reviews are under way");
        }
        try {
            return future.get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw busy("the review took more than " + timeLimit.toSeconds() + " s");
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw busy("the review was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException refused) {
                throw refused;
            }
            throw new IllegalStateException("a review failed", e.getCause());
        }
    }

    private static ProblemException busy(String detail) {
        return new ProblemException(AuthzError.REVIEW_BUSY, detail).retryAfter(RETRY_AFTER_SECONDS);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
