package io.ashlar.authz.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.authz.audit.AuditSpool;
import io.ashlar.authz.audit.SpoolOptions;
import io.ashlar.authz.audit.SpoolRecord;
import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.Peer;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.change.ChangeMessage.Change;
import io.ashlar.authz.change.ChangeMessage.Tick;
import io.ashlar.authz.client.Decision.Outcome;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteAuthzTest {

    private static final OnBehalfOf ANA =
            new OnBehalfOf(UUID.fromString("11111111-1111-4111-8111-111111111111"), "ana");
    private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");
    private static final EntityRef FLIGHTS = new EntityRef("Dataset", "flights");

    /** A tick stays fresh, however slow the machine is. */
    private static final Clock STILL = Clock.fixed(Instant.parse("2001-01-01T10:00:00Z"), ZoneOffset.UTC);

    private static final String ALLOW =
            "{\"decision\":true,\"context\":{\"policy_version\":1,\"revision\":4,\"reason\":[],\"errors\":[]}}";

    @Test
    void aFreshClientAsksOnceForEachDifferentQuestion() throws IOException {
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(exchange, 200, ALLOW));
                RemoteAuthz authz = remote(peer.url())) {
            authz.cache().accept(new Tick(1, STILL.instant()));
            assertThat(allowed(authz, "dataset.query")).isTrue();
            assertThat(allowed(authz, "dataset.query")).isTrue();
            assertThat(allowed(authz, "dataset.declare")).isTrue();
            assertThat(peer.asked()).hasSize(2);
            assertThat(peer.asked().getFirst().headers().getFirst("Ashlar-On-Behalf-Of"))
                    .isEqualTo(ANA.header());
            assertThat(authz.stats()).isEqualTo(new RemoteAuthz.Stats(1, 2, 0, 0, 0));
        }
    }

    @Test
    void withoutTicksEveryQuestionIsAsked() throws IOException {
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(exchange, 200, ALLOW));
                RemoteAuthz authz = remote(peer.url())) {
            assertThat(allowed(authz, "dataset.query")).isTrue();
            assertThat(allowed(authz, "dataset.query")).isTrue();
            assertThat(peer.asked()).hasSize(2);
            assertThat(authz.stats()).isEqualTo(new RemoteAuthz.Stats(0, 2, 2, 0, 0));
        }
    }

    @Test
    void theSameQuestionAskedByManyIsSentOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        LongAdder recorded = new LongAdder();
        try (Peer peer = new Peer((exchange, n) -> {
                    awaitQuietly(go);
                    Peer.reply(exchange, 200, ALLOW);
                });
                RemoteAuthz authz = alwaysFresh(peer.url(), (user, question, decision) -> recorded.increment());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit((Callable<Boolean>) () -> allowed(authz, "dataset.query")))
                    .toList();
            Awaitility.await()
                    .until(() -> authz.stats().misses() == 20 && peer.asked().size() == 1);
            go.countDown();
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
            assertThat(peer.asked()).hasSize(1);
            assertThat(recorded.sum()).as("all but the one that was sent").isEqualTo(19);
        }
    }

    /** One that was asked before a change may be answered as before it: without ticks nobody knows. */
    @Test
    void withoutTicksNobodyWaitsForAnothersQuestion() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Peer peer = new Peer((exchange, n) -> {
                    if (n == 1) {
                        awaitQuietly(go);
                    }
                    Peer.reply(exchange, 200, ALLOW);
                });
                RemoteAuthz authz = remote(peer.url());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> first = threads.submit((Callable<Boolean>) () -> allowed(authz, "dataset.query"));
            Awaitility.await().until(() -> peer.asked().size() == 1);
            assertThat(allowed(authz, "dataset.query")).isTrue();
            go.countDown();
            assertThat(first.get()).isTrue();
            assertThat(peer.asked()).hasSize(2);
        }
    }

    @Test
    void anAnswerOlderThanAKnownChangeIsAskedForAgain() throws IOException {
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(
                        exchange,
                        200,
                        n < 3 ? ALLOW : ALLOW.replace("true", "false").replace(":4", ":5")));
                RemoteAuthz authz = alwaysFresh(peer.url())) {
            authz.cache().accept(new Change(ANA.tenant(), 5, 1, 1, NOW));
            Decision decision = authz.onBehalfOf(ANA).check(EntityRef.user("ana"), "dataset.query", FLIGHTS);
            assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
            assertThat(decision.revision()).isEqualTo(5);
            assertThat(peer.asked()).hasSize(3);
        }
    }

    @Test
    void aDecisionPointThatStaysBehindIsNone() throws IOException {
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(exchange, 200, ALLOW));
                RemoteAuthz authz = alwaysFresh(peer.url())) {
            authz.cache().accept(new Change(ANA.tenant(), 5, 1, 1, NOW));
            assertThat(authz.onBehalfOf(ANA)
                            .check(EntityRef.user("ana"), "dataset.query", FLIGHTS)
                            .outcome())
                    .isEqualTo(Outcome.UNAVAILABLE);
        }
    }

    @Test
    void whoeverAsksForLastKnownGetsItWhileNobodyAnswers() throws IOException {
        RemoteAuthz authz;
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(exchange, 200, ALLOW))) {
            authz = alwaysFresh(peer.url());
            assertThat(allowed(authz, "dataset.query")).isTrue();
        }
        try (authz) {
            // The relay is silent too: what is kept does not count any more.
            authz.cache().accept(new Tick(2, NOW.minusSeconds(2)));
            assertThat(allowed(authz, "dataset.query")).isFalse();
            Authz lenient = authz.onBehalfOf(ANA).lastKnown(Duration.ofSeconds(10));
            Decision last = lenient.check(EntityRef.user("ana"), "dataset.query", FLIGHTS);
            assertThat(last.allowed()).isTrue();
            assertThat(last.age()).isEqualTo(Duration.ZERO);
            assertThat(authz.stats().lastKnown()).isEqualTo(1);
            assertThat(lenient.check(EntityRef.user("ana"), "dataset.declare", FLIGHTS)
                            .outcome())
                    .as("never asked before")
                    .isEqualTo(Outcome.UNAVAILABLE);
            authz.cache().accept(new Change(ANA.tenant(), 5, 1, 2, NOW));
            assertThat(lenient.check(EntityRef.user("ana"), "dataset.query", FLIGHTS)
                            .outcome())
                    .as("known to have changed")
                    .isEqualTo(Outcome.UNAVAILABLE);
        }
    }

    /** What authz was asked for is in its own log; what it was not is handed over here, and is no allow unless it is taken. */
    @Test
    void whatAuthzIsNotAskedForIsRecordedHere(@TempDir Path directory) throws IOException {
        // Nobody empties it: there is room for four.
        SpoolOptions options = new SpoolOptions(directory, 64 << 10, 2, Duration.ZERO, Duration.ZERO);
        List<Decision> recorded = new ArrayList<>();
        try (AuditSpool spool = AuditSpool.open(options);
                Peer peer = new Peer((exchange, n) -> Peer.reply(exchange, 200, ALLOW));
                RemoteAuthz authz = RemoteAuthz.over(
                                ServiceCall.to("authz", peer.url()).build())
                        .recorder((user, question, decision) -> {
                            assertThat(user).isEqualTo(ANA);
                            assertThat(question.action()).isEqualTo("dataset.query");
                            spool.append(new SpoolRecord(0, new byte[0], Map.of(), new byte[30 << 10]));
                            recorded.add(decision);
                        })
                        .time(STILL, () -> 0)
                        .build()) {
            authz.cache().accept(new Tick(1, STILL.instant()));
            assertThat(allowed(authz, "dataset.query")).isTrue();
            assertThat(recorded).isEmpty();
            for (int hits = 1; hits <= 4; hits++) {
                assertThat(allowed(authz, "dataset.query")).isTrue();
                assertThat(recorded)
                        .hasSize(hits)
                        .allMatch(decision -> decision.revision() == 4 && decision.policyVersion() == 1);
            }
            Decision refused = authz.onBehalfOf(ANA).check(EntityRef.user("ana"), "dataset.query", FLIGHTS, Map.of());
            assertThat(refused.outcome()).isEqualTo(Outcome.UNAVAILABLE);
            assertThat(refused.errors()).first().asString().contains("cannot be recorded");
            assertThat(peer.asked()).hasSize(1);
        }
    }

    @Test
    void withoutAnAnswerTheOutcomeIsNoAllow() throws IOException {
        try (RemoteAuthz authz = remote(URI.create("http://127.0.0.1:1"))) {
            Decision decision = authz.onBehalfOf(ANA).check(EntityRef.user("ana"), "dataset.query", FLIGHTS, Map.of());
            assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
            assertThat(decision.allowed()).isFalse();
            assertThat(authz.stats().unavailable()).isEqualTo(1);
        }
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(exchange, 403, "{}"));
                RemoteAuthz authz = remote(peer.url())) {
            assertThat(allowed(authz, "dataset.query")).isFalse();
        }
    }

    @Test
    void aPlanIsReadOrThrows() throws IOException {
        PlanRequest request = new PlanRequest(EntityRef.user("ana"), "read", "Flight", List.of(), Map.of());
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(
                        exchange,
                        200,
                        n == 1
                                ? "{\"decision\":\"NONE\",\"masked\":[],\"policy_version\":1,\"revision\":2}"
                                : "{\"decision\":\"PERHAPS\",\"masked\":[],\"policy_version\":1,\"revision\":2}"));
                RemoteAuthz authz = remote(peer.url())) {
            assertThat(authz.onBehalfOf(ANA).plan(request)).isEqualTo(new Plan.None(List.of(), 1, 2));
            assertThatThrownBy(() -> authz.onBehalfOf(ANA).plan(request)).isInstanceOf(CallFailedException.class);
        }
    }

    private static boolean allowed(RemoteAuthz authz, String action) {
        return authz.onBehalfOf(ANA).allowed(EntityRef.user("ana"), action, FLIGHTS, Map.of());
    }

    /** Its time stands still. */
    private static RemoteAuthz alwaysFresh(URI url) {
        return alwaysFresh(url, DecisionRecorder.NONE);
    }

    private static RemoteAuthz alwaysFresh(URI url, DecisionRecorder recorder) {
        RemoteAuthz authz = RemoteAuthz.over(ServiceCall.to("authz", url).build())
                .recorder(recorder)
                .time(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0)
                .build();
        authz.cache().accept(new Tick(1, NOW));
        return authz;
    }

    private static RemoteAuthz remote(URI url) {
        return RemoteAuthz.over(ServiceCall.to("authz", url).build())
                .time(STILL, () -> 0)
                .build();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
