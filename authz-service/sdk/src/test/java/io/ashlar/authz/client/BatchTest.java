package io.ashlar.authz.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.Peer;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.call.WireJson;
import io.ashlar.authz.change.ChangeMessage.Tick;
import io.ashlar.authz.client.Decision.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Many questions at once: sent together, kept and joined one by one. */
class BatchTest {

    private static final OnBehalfOf ANA =
            new OnBehalfOf(UUID.fromString("11111111-1111-4111-8111-111111111111"), "ana");
    private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");

    private final List<String> recorded = new ArrayList<>();

    @Test
    void eachDifferentQuestionIsSentOnceAndKeptByItself() throws IOException {
        try (Peer peer = Peer.answering(BatchTest::decide);
                RemoteAuthz authz = client(peer.url())) {
            List<Evaluation> questions = List.of(dataset("ok-1"), dataset("secret"), dataset("ok-1"));
            assertThat(outcomes(authz, questions)).containsExactly(Outcome.ALLOW, Outcome.DENY, Outcome.ALLOW);
            assertThat(peer.asked()).hasSize(1);
            assertThat(peer.asked().getFirst().path()).isEqualTo("/access/v1/evaluations");
            assertThat(WireJson.mapper()
                            .readTree(peer.asked().getFirst().body())
                            .path("evaluations"))
                    .hasSize(2);
            assertThat(recorded).as("the repeated one was not asked for").containsExactly("ok-1");

            assertThat(outcomes(authz, List.of(dataset("ok-1"), dataset("ok-2"))))
                    .containsExactly(Outcome.ALLOW, Outcome.ALLOW);
            assertThat(peer.asked()).hasSize(2);
            assertThat(peer.asked().getLast().path()).as("one is no batch").isEqualTo("/access/v1/evaluation");
            assertThat(authz.stats()).isEqualTo(new RemoteAuthz.Stats(1, 4, 0, 0, 0));
            assertThat(recorded).containsExactly("ok-1", "ok-1");
        }
    }

    @Test
    void aBatchJoinsWhatIsUnderWay() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Peer peer = Peer.answering(asked -> {
                    if (asked.path().endsWith("evaluation")) {
                        await(go);
                    }
                    return decide(asked);
                });
                RemoteAuthz authz = client(peer.url());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Outcome>> single = threads.submit(() -> outcomes(authz, List.of(dataset("ok-1"))));
            Awaitility.await().until(() -> peer.asked().size() == 1);
            Future<List<Outcome>> batch =
                    threads.submit(() -> outcomes(authz, List.of(dataset("ok-1"), dataset("ok-2"), dataset("no"))));
            Awaitility.await().until(() -> peer.asked().size() == 2);
            assertThat(WireJson.mapper().readTree(peer.asked().getLast().body()).path("evaluations"))
                    .as("what is under way is not sent again")
                    .hasSize(2);
            go.countDown();
            assertThat(single.get()).containsExactly(Outcome.ALLOW);
            assertThat(batch.get()).containsExactly(Outcome.ALLOW, Outcome.ALLOW, Outcome.DENY);
        }
    }

    @Test
    void largeBatchesAreSentInParts() throws IOException {
        try (Peer peer = Peer.answering(BatchTest::decide);
                RemoteAuthz authz = client(peer.url())) {
            List<Evaluation> questions = IntStream.range(0, 2 * Asker.BATCH_MAX + 2)
                    .mapToObj(i -> dataset((i % 3 == 0 ? "no-" : "ok-") + i))
                    .toList();
            List<Outcome> outcomes = outcomes(authz, questions);
            for (int i = 0; i < outcomes.size(); i++) {
                assertThat(outcomes.get(i)).isEqualTo(i % 3 == 0 ? Outcome.DENY : Outcome.ALLOW);
            }
            assertThat(peer.asked()).hasSize(3);
        }
    }

    @Test
    void anAuthzOfBeforeBatchesIsAskedOneByOne() throws IOException {
        try (Peer peer = Peer.answering(asked -> asked.path().endsWith("s") ? new Peer.Reply(404, "") : decide(asked));
                RemoteAuthz authz = client(peer.url())) {
            assertThat(outcomes(authz, List.of(dataset("ok-1"), dataset("no"))))
                    .containsExactly(Outcome.ALLOW, Outcome.DENY);
            assertThat(outcomes(authz, List.of(dataset("ok-3"), dataset("ok-4"))))
                    .containsExactly(Outcome.ALLOW, Outcome.ALLOW);
            assertThat(peer.asked()).as("it is not asked for batches again").hasSize(5);
        }
    }

    @Test
    void answersThatDoNotFitTheQuestionsAreNone() throws IOException {
        try (Peer peer = Peer.answering(asked -> new Peer.Reply(200, "{\"evaluations\":[{\"decision\":true}]}"));
                RemoteAuthz authz = client(peer.url())) {
            assertThat(outcomes(authz, List.of(dataset("ok-1"), dataset("ok-2"))))
                    .containsExactly(Outcome.UNAVAILABLE, Outcome.UNAVAILABLE);
        }
        try (RemoteAuthz authz = client(URI.create("http://127.0.0.1:1"))) {
            assertThat(outcomes(authz, List.of(dataset("ok-1"), dataset("ok-2"))))
                    .containsExactly(Outcome.UNAVAILABLE, Outcome.UNAVAILABLE);
            assertThat(authz.stats().unavailable()).isEqualTo(2);
        }
    }

    private static List<Outcome> outcomes(RemoteAuthz authz, List<Evaluation> questions) {
        return authz.onBehalfOf(ANA).checkAll(questions).stream()
                .map(Decision::outcome)
                .toList();
    }

    private static Evaluation dataset(String id) {
        return new Evaluation(EntityRef.user("ana"), "dataset.query", new EntityRef("Dataset", id), Map.of());
    }

    /** Always fresh: its time stands still. */
    private RemoteAuthz client(URI url) {
        RemoteAuthz authz = RemoteAuthz.over(ServiceCall.to("authz", url).build())
                .recorder((user, question, decision) ->
                        recorded.add(question.resource().id()))
                .time(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0)
                .build();
        authz.cache().accept(new Tick(1, NOW));
        return authz;
    }

    /** Datasets whose id begins with {@code ok} are allowed. */
    private static Peer.Reply decide(Peer.Asked asked) {
        try {
            JsonNode body = WireJson.mapper().readTree(asked.body());
            if (!body.has("evaluations")) {
                return new Peer.Reply(200, decision(body));
            }
            List<String> decisions = new ArrayList<>();
            body.path("evaluations").forEach(item -> decisions.add(decision(item)));
            return new Peer.Reply(200, "{\"evaluations\":[" + String.join(",", decisions) + "]}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String decision(JsonNode question) {
        boolean allowed = question.path("resource").path("id").asText().startsWith("ok");
        return "{\"decision\":" + allowed + ",\"context\":{\"policy_version\":1,\"revision\":4}}";
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
