package io.ashlar.authz.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One question under way.
 *
 * @param key under which it is asked
 * @param question what is asked
 * @param revisionMin an answer below this revision is older than what was known when it was asked
 * @param answer where whoever asks puts it
 * @param mine whether this process' present caller asks; else another one does, and this one waits
 */
record Flight(CacheKey key, Evaluation question, long revisionMin, CompletableFuture<Decision> answer, boolean mine) {

    private static final long FOLLOWER_MILLIS_MAX = 10_000;

    /** False for an answer that is known to be out of date already. */
    boolean isCurrent(Decision decision) {
        return decision.revision() < 0 || decision.revision() >= revisionMin;
    }

    /** The answer, for which its own asker does not wait. */
    Decision await() {
        try {
            return answer.get(FOLLOWER_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Decision.unavailable("interrupted");
        } catch (ExecutionException | TimeoutException e) {
            return Decision.unavailable("the same question, asked before, has no answer yet");
        }
    }
}
