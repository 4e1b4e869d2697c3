package io.ashlar.authz.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HedgeTest {

    private final List<CompletableFuture<String>> sent = new CopyOnWriteArrayList<>();

    private CompletableFuture<String> send() {
        CompletableFuture<String> request = new CompletableFuture<>();
        sent.add(request);
        return request;
    }

    /** Waits until so many requests are under way. */
    private void awaitSent(int count) {
        await().until(() -> sent.size() == count);
    }

    @Test
    void theSecondAnswersWhereTheFirstDoesNot() throws Exception {
        CompletableFuture<String> answer = new Hedge(Duration.ofMillis(1)).first(this::send);
        awaitSent(2);
        sent.get(1).complete("second");
        assertThat(answer.get()).isEqualTo("second");
        assertThat(sent.getFirst()).isCancelled();
    }

    @Test
    void oneFailureIsNoneWhileTheOtherRuns() throws Exception {
        CompletableFuture<String> answer = new Hedge(Duration.ofMillis(1)).first(this::send);
        awaitSent(2);
        sent.get(1).completeExceptionally(new IOException("reset"));
        assertThat(answer).isNotDone();
        sent.getFirst().complete("first");
        assertThat(answer.get()).isEqualTo("first");
    }

    @Test
    void whereAllFailTheCallFails() throws Exception {
        CompletableFuture<String> answer = new Hedge(Duration.ofMillis(1)).first(this::send);
        awaitSent(2);
        sent.getFirst().completeExceptionally(new IOException("one"));
        sent.get(1).completeExceptionally(new IOException("two"));
        assertThatThrownBy(answer::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("two");
    }

    @Test
    void aFailureBeforeItsTimeIsTold() {
        CompletableFuture<String> answer = new Hedge(Duration.ofDays(1)).first(this::send);
        sent.getFirst().completeExceptionally(new UncheckedIOException(new IOException("refused")));
        assertThat(answer).isCompletedExceptionally();
        assertThat(sent).hasSize(1);
    }

    @Test
    void whoeverGivesUpCancelsBoth() throws Exception {
        CompletableFuture<String> answer = new Hedge(Duration.ofMillis(1)).first(this::send);
        awaitSent(2);
        answer.cancel(true);
        assertThat(sent).allMatch(CompletableFuture::isCancelled);
    }

    /** Every call is late, and yet few are asked twice. */
    @Test
    void theBudgetBoundsWhatIsAskedTwice() throws Exception {
        Hedge hedge = new Hedge(Duration.ofNanos(1));
        for (int i = 1; i <= Hedge.BURST; i++) {
            CompletableFuture<String> answer = hedge.first(this::send);
            awaitSent(2 * i);
            sent.getLast().complete("late");
            answer.get();
        }
        // Spent. What the calls that follow earn is a twentieth each.
        int calls = 10 * Hedge.CALLS_PER_HEDGE;
        int before = sent.size();
        for (int i = 0; i < calls; i++) {
            CompletableFuture<String> answer = hedge.first(this::send);
            sent.getLast().complete("late");
            answer.get();
        }
        assertThat(sent.size() - before).isBetween(calls, calls + calls / Hedge.CALLS_PER_HEDGE + 1);
    }

    @Test
    void aReadWhoseFirstPodIsSilentIsAnsweredByAnother() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Peer peer = new Peer((exchange, n) -> {
                    if (n == 1) {
                        awaitQuietly(never);
                    }
                    Peer.reply(exchange, 200, "{\"n\":" + n + "}");
                });
                ServiceCall call = ServiceCall.to("peer", peer.url())
                        .deadline(Duration.ofSeconds(4))
                        .build()) {
            assertThat(call.repeatable()
                            .post("/", Map.of(), JsonNode.class)
                            .path("n")
                            .intValue())
                    .isEqualTo(2);
            never.countDown();
        }
    }

    /** What changes something is never under way twice. */
    @Test
    void aChangeIsNotAskedTwice() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Peer peer = new Peer((exchange, n) -> {
                    awaitQuietly(never);
                    Peer.reply(exchange, 200, "{}");
                });
                ServiceCall call = ServiceCall.to("peer", peer.url())
                        .deadline(Duration.ofSeconds(1))
                        .build()) {
            assertThatThrownBy(() -> call.put("/", Map.of(), JsonNode.class)).isInstanceOf(CallFailedException.class);
            assertThat(peer.asked()).hasSize(1);
            never.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
