package io.ashlar.authz.call;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A second request where the first is late: on its own connection it often meets another pod, and whichever answers first
 * counts. It is what keeps one slow pod from spending a caller's whole deadline. A budget keeps it from making a slow service
 * slower: in the long run at most one call in {@value #CALLS_PER_HEDGE} is asked twice. Thread-safe.
 *
 * <p>J. Dean, L. A. Barroso: The Tail at Scale, Communications of the ACM 56/2 (2013), "hedged requests"; the budget is a token
 * bucket as in Finagle's RetryBudget.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the stages here only watch; what matters ends in the race's answer
final class Hedge {

    static final int CALLS_PER_HEDGE = 20;

    /** Hedges that may follow one another at once, after quiet times and at the start. */
    static final int BURST = 10;

    private final Duration after;
    private final AtomicLong credit = new AtomicLong((long) BURST * CALLS_PER_HEDGE);

    /** @param after how long the first request is waited for alone */
    Hedge(Duration after) {
        this.after = after;
    }

    /**
     * The first answer of one or two requests; a failure only if all that were sent have failed. Cancelling it cancels them.
     *
     * @param send sends the request; must be safe to call twice
     */
    <T> CompletableFuture<T> first(Supplier<CompletableFuture<T>> send) {
        credit.getAndUpdate(held -> Math.min((long) BURST * CALLS_PER_HEDGE, held + 1));
        Race<T> race = new Race<>();
        race.enter(send.get());
        // The copy's timer ends with the answer, so that nothing is left behind for calls that are quick.
        race.answer
                .copy()
                .completeOnTimeout(null, after.toNanos(), TimeUnit.NANOSECONDS)
                .thenRunAsync(() -> {
                    if (!race.answer.isDone() && withdraw()) {
                        race.enter(send.get());
                    }
                });
        return race.answer;
    }

    private boolean withdraw() {
        return credit.getAndUpdate(held -> held >= CALLS_PER_HEDGE ? held - CALLS_PER_HEDGE : held) >= CALLS_PER_HEDGE;
    }

    /** What has been sent for one call. */
    private static final class Race<T> {

        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final AtomicInteger running = new AtomicInteger();

        void enter(CompletableFuture<T> request) {
            running.incrementAndGet();
            answer.whenComplete((done, failure) -> request.cancel(true));
            request.whenComplete(this::ended);
        }

        private void ended(@Nullable T value, @Nullable Throwable failure) {
            int left = running.decrementAndGet();
            if (failure == null) {
                answer.complete(value);
            } else if (left == 0) {
                answer.completeExceptionally(
                        failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                ? wrapped.getCause()
                                : failure);
            }
        }
    }
}
