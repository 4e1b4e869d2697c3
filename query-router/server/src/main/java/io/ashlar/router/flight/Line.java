package io.ashlar.router.flight;

import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A pool and who waits for its flights. Closing a pool lets what is under way finish, which on a frozen server is never:
 * a cut ends the waiting. Thread-safe.
 */
final class Line {

    private final Pool pool;
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Line(Pool pool) {
        this.pool = pool;
    }

    Pool pool() {
        return pool;
    }

    /** What came of {@code flight}, or that the node went away meanwhile. */
    <T> Outcome<T> await(CompletableFuture<Outcome<T>> flight, Duration atMost)
            throws InterruptedException, ExecutionException, TimeoutException {
        Runnable end = () -> flight.complete(new Outcome.Broken<>("unreachable"));
        waiting.add(end);
        try {
            // A cut before the flight was listed has not seen it.
            if (cut) {
                end.run();
            }
            return flight.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            waiting.remove(end);
        }
    }

    /** Tells everybody who waits to go elsewhere. What arrives later is thrown away. */
    void cut() {
        cut = true;
        waiting.forEach(Runnable::run);
    }
}
