package io.ashlar.authz.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.audit.AuditSpool;
import io.ashlar.authz.audit.SpoolOptions;
import io.ashlar.authz.audit.SpoolRecord;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.change.ChangeMessage.Change;
import io.ashlar.authz.change.ChangeMessage.Tick;
import io.ashlar.authz.client.Authz;
import io.ashlar.authz.client.Decision;
import io.ashlar.authz.client.Decision.Outcome;
import io.ashlar.authz.client.DecisionRecorder;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.embedded.EmbeddedOptions.WhenBehind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedded decision point over a real HTTP server; the topic is told by hand, and time passes when told to. */
class EmbeddedAuthzTest {

    private static final OnBehalfOf ANA = new OnBehalfOf(Pdp.TENANT, "ana");
    private static final EntityRef DOC = new EntityRef("Doc", "1");

    private final TestTime time = new TestTime();
    private final List<Decision> recorded = new ArrayList<>();
    private final List<Duration> latencies = new ArrayList<>();
    private Pdp pdp;

    @BeforeEach
    void start() throws IOException {
        pdp = new Pdp();
    }

    @AfterEach
    void stop() {
        pdp.close();
    }

    @Test
    void decidesHereWithoutACallOnceItIsLoaded() {
        try (EmbeddedAuthz embedded = joined(WhenBehind.DENY)) {
            Authz authz = embedded.onBehalfOf(ANA);
            assertThat(embedded.warm(Pdp.TENANT)).isTrue();
            for (int i = 0; i < 100; i++) {
                Decision decision = authz.check(EntityRef.user("ana"), "read", DOC);
                assertThat(decision).isEqualTo(new Decision(Outcome.ALLOW, 1, 2, List.of("viewers"), List.of()));
                assertThat(authz.allowed(EntityRef.user("ana"), "write", DOC)).isFalse();
                assertThat(authz.allowed(EntityRef.user("ben"), "read", DOC)).isFalse();
            }
            assertThat(pdp.asked()).hasSize(1);
            assertThat(pdp.asked().getFirst().headers().getFirst("Ashlar-On-Behalf-Of"))
                    .isEqualTo(Pdp.TENANT + "/embedded-pdp");
            assertThat(recorded).hasSize(300);
            assertThat(embedded.stats()).isEqualTo(new EmbeddedAuthz.Stats(300, 0, 0, 0, 1));
        }
    }

    @Test
    void aChangeMakesWhatIsHeldUselessAtOnce() {
        try (EmbeddedAuthz embedded = joined(WhenBehind.DENY)) {
            assertThat(read(embedded).allowed()).isTrue();
            pdp.state(3, false, 11);
            embedded.tenants().accept(new Change(UUID.randomUUID(), 9, 9, 1, time.instant()));
            assertThat(read(embedded).allowed()).as("another tenant's change").isTrue();
            embedded.tenants()
                    .accept(new Change(Pdp.TENANT, 3, 1, 1, time.instant().minusMillis(120)));
            assertThat(read(embedded)).isEqualTo(new Decision(Outcome.DENY, 1, 3, List.of(), List.of()));
            assertThat(pdp.sent()).isEqualTo(2);
            assertThat(latencies).containsExactly(Duration.ofMillis(120));
        }
    }

    /** The decision point may lag behind the topic, as this one does: it is asked until it has caught up. */
    @Test
    void aSnapshotOlderThanWhatTheTopicToldIsNotUsed() {
        try (EmbeddedAuthz embedded = joined(WhenBehind.DENY)) {
            assertThat(read(embedded).allowed()).isTrue();
            embedded.tenants().accept(new Change(Pdp.TENANT, 3, 1, 1, time.instant()));
            Decision behind = read(embedded);
            assertThat(behind.outcome()).isEqualTo(Outcome.UNAVAILABLE);
            assertThat(behind.errors()).first().asString().contains("as new as what the change topic told");
            pdp.state(3, false, 11);
            assertThat(read(embedded).outcome()).isEqualTo(Outcome.DENY);
        }
    }

    /** What was told before a tenant was first asked about was told to nobody here; the offset says whether it is in. */
    @Test
    void aSnapshotMustReachToWhereTheTopicIsReadFrom() {
        try (EmbeddedAuthz embedded = joined(WhenBehind.DENY)) {
            embedded.tenants().reached(11);
            assertThat(read(embedded).outcome()).isEqualTo(Outcome.UNAVAILABLE);
            pdp.state(2, true, 11);
            assertThat(read(embedded).allowed()).isTrue();
        }
    }

    @Test
    void afterAnInterruptionTheSnapshotIsConfirmedNotSentAgain() {
        try (EmbeddedAuthz embedded = joined(WhenBehind.DENY)) {
            assertThat(read(embedded).allowed()).isTrue();
            embedded.tenants().lost();
            assertThat(embedded.fresh()).isFalse();
            assertThat(read(embedded).outcome()).isEqualTo(Outcome.UNAVAILABLE);
            pdp.state(2, true, 20);
            embedded.tenants().reached(20);
            embedded.tenants().joined(20);
            embedded.tenants().accept(new Tick(1, time.instant()));
            assertThat(read(embedded).allowed()).isTrue();
            assertThat(pdp.sent()).isEqualTo(1);
            assertThat(pdp.asked()).hasSize(2);
        }
    }

    @Test
    void moreThanASecondBehindNothingHeldCounts() {
        try (EmbeddedAuthz deny = joined(WhenBehind.DENY);
                EmbeddedAuthz ask = joined(WhenBehind.ASK_AUTHZ)) {
            assertThat(read(deny).allowed()).isTrue();
            assertThat(read(ask).allowed()).isTrue();
            time.pass(Duration.ofMillis(1_001));
            Decision denied = read(deny);
            assertThat(denied.outcome()).isEqualTo(Outcome.UNAVAILABLE);
            assertThat(denied.errors()).first().asString().contains("behind");

            int recordedHere = recorded.size();
            pdp.evaluates();
            assertThat(read(ask).allowed()).isTrue();
            assertThat(pdp.asked().getLast().path()).isEqualTo("/access/v1/evaluation");
            assertThat(recorded).as("authz records what it is asked").hasSize(recordedHere);
            assertThat(ask.stats().asked()).isEqualTo(1);
            ask.tenants().accept(new Tick(1, time.instant()));
            assertThat(read(ask).allowed()).isTrue();
            assertThat(ask.stats().here()).isEqualTo(2);
        }
    }

    @Test
    void lastKnownIsAskedForByNameAndHasAnAge() {
        try (EmbeddedAuthz embedded = joined(WhenBehind.ASK_AUTHZ)) {
            assertThat(read(embedded).allowed()).isTrue();
            pdp.fails(500);
            time.pass(Duration.ofSeconds(20));
            assertThat(read(embedded).outcome()).isEqualTo(Outcome.UNAVAILABLE);
            Authz lenient = embedded.onBehalfOf(ANA).lastKnown(Duration.ofSeconds(30));
            Decision last = lenient.check(EntityRef.user("ana"), "read", DOC);
            assertThat(last.allowed()).isTrue();
            assertThat(last.age()).isEqualTo(Duration.ofSeconds(20));
            assertThat(recorded.getLast()).isEqualTo(last);
            assertThat(embedded.stats().lastKnown()).isEqualTo(1);

            time.pass(Duration.ofSeconds(11));
            assertThat(lenient.check(EntityRef.user("ana"), "read", DOC).outcome())
                    .as("older than the caller would take")
                    .isEqualTo(Outcome.UNAVAILABLE);
            embedded.tenants().accept(new Change(Pdp.TENANT, 3, 1, 1, time.instant()));
            assertThat(embedded.onBehalfOf(ANA)
                            .lastKnown(Duration.ofHours(1))
                            .check(EntityRef.user("ana"), "read", DOC)
                            .outcome())
                    .as("known to have changed")
                    .isEqualTo(Outcome.UNAVAILABLE);
        }
    }

    @Test
    void aDecisionPointInTroubleIsNotAskedByEachQuestion() {
        pdp.fails(500);
        try (EmbeddedAuthz embedded = joined(WhenBehind.DENY)) {
            for (int i = 0; i < 20; i++) {
                assertThat(read(embedded).outcome()).isEqualTo(Outcome.UNAVAILABLE);
            }
            assertThat(pdp.asked()).hasSize(1);
            pdp.fails(200);
            time.pass(Duration.ofMillis(300));
            embedded.tenants().accept(new Tick(1, time.instant()));
            assertThat(read(embedded).allowed()).as("recovers by itself").isTrue();
        }
    }

    @Test
    void aTenantThatDoesNotExistHasNoRights() {
        pdp.knowsNobody();
        try (EmbeddedAuthz embedded = joined(WhenBehind.DENY)) {
            assertThat(read(embedded))
                    .isEqualTo(new Decision(Outcome.DENY, 0, 0, List.of(), List.of("tenant_unknown")));
            assertThat(recorded).hasSize(1);
        }
    }

    @Test
    void aDenialThatSigningInWithMoreWouldTurnSaysWhatWould() {
        try (EmbeddedAuthz embedded = joined(WhenBehind.DENY)) {
            Authz authz = embedded.onBehalfOf(ANA);
            Decision denied = authz.check(EntityRef.user("ana"), "sign", DOC, Map.of("amr", List.of("pwd")));
            assertThat(denied.outcome()).isEqualTo(Outcome.DENY);
            assertThat(denied.amrValues()).containsExactly("hwk");
            Decision allowed = authz.check(EntityRef.user("ana"), "sign", DOC, Map.of("amr", List.of("hwk", "pwd")));
            assertThat(allowed.allowed()).isTrue();
            assertThat(allowed.amrValues()).isEmpty();
            assertThat(authz.check(EntityRef.user("ana"), "sign", DOC).amrValues())
                    .as("nobody says how she signed in")
                    .isEmpty();
            assertThat(authz.check(EntityRef.user("ben"), "sign", DOC, Map.of("amr", List.of()))
                            .amrValues())
                    .as("it would not help him")
                    .isEmpty();
            assertThat(recorded).as("what would be is not recorded").hasSize(4);
        }
    }

    @Test
    void whyNothingIsDecidedHereIsSaid() {
        pdp.fails(500);
        try (EmbeddedAuthz embedded = joined(WhenBehind.ASK_AUTHZ)) {
            assertThat(embedded.prepare(Pdp.TENANT))
                    .hasValueSatisfying(why -> assertThat(why).contains("no snapshot"));
            pdp.fails(200);
            time.pass(Duration.ofMillis(300));
            embedded.tenants().accept(new Tick(1, time.instant()));
            assertThat(embedded.prepare(Pdp.TENANT)).isEmpty();
            pdp.knowsNobody();
            UUID nobodys = UUID.randomUUID();
            assertThat(embedded.prepare(nobodys)).isEmpty();
            assertThat(embedded.warm(nobodys)).isFalse();
            time.pass(Duration.ofSeconds(2));
            assertThat(embedded.prepare(Pdp.TENANT))
                    .hasValueSatisfying(why -> assertThat(why).contains("behind"));
        }
    }

    @Test
    void manyThatWaitForASnapshotLoadItOnce() throws Exception {
        try (EmbeddedAuthz embedded = joined(EmbeddedOptions.DEFAULT, recorder());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit((Callable<Boolean>) () -> embedded.warm(Pdp.TENANT)))
                    .toList();
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
            assertThat(pdp.asked()).hasSize(1);
        }
    }

    @Test
    void whatIsNoQuestionIsNotDecided() {
        try (EmbeddedAuthz embedded = joined(WhenBehind.DENY)) {
            Authz authz = embedded.onBehalfOf(ANA);
            List<Decision> decisions = List.of(
                    authz.check(new EntityRef("Role", "viewer"), "read", DOC),
                    authz.check(new EntityRef("no type", "ana"), "read", DOC),
                    authz.check(EntityRef.user("a".repeat(257)), "read", DOC),
                    authz.check(EntityRef.user("ana"), "x".repeat(129), DOC),
                    authz.check(EntityRef.user("ana"), "read", DOC, Map.of("when", time.instant())));
            assertThat(decisions).extracting(Decision::outcome).containsOnly(Outcome.UNAVAILABLE);
            assertThat(recorded).isEmpty();
        }
    }

    @Test
    void whatCannotBeRecordedIsNotAllowed(@TempDir Path directory) {
        // Nobody empties it: there is room for four.
        try (AuditSpool spool =
                        AuditSpool.open(new SpoolOptions(directory, 64 << 10, 2, Duration.ZERO, Duration.ZERO));
                EmbeddedAuthz embedded = joined(
                        WhenBehind.DENY,
                        (user, question, decision) ->
                                spool.append(new SpoolRecord(0, new byte[0], Map.of(), new byte[30 << 10])))) {
            for (int i = 0; i < 4; i++) {
                assertThat(read(embedded).allowed()).isTrue();
            }
            Decision refused = read(embedded);
            assertThat(refused.outcome()).isEqualTo(Outcome.UNAVAILABLE);
            assertThat(refused.errors()).first().asString().contains("cannot be recorded");
        }
    }

    private static Decision read(EmbeddedAuthz embedded) {
        return embedded.onBehalfOf(ANA).check(EntityRef.user("ana"), "read", DOC);
    }

    private DecisionRecorder recorder() {
        return (user, question, decision) -> recorded.add(decision);
    }

    private EmbeddedAuthz joined(WhenBehind whenBehind) {
        return joined(whenBehind, recorder());
    }

    private EmbeddedAuthz joined(WhenBehind whenBehind, DecisionRecorder recorder) {
        return joined(EmbeddedOptions.DEFAULT.whenBehind(whenBehind).loadWaitMax(Duration.ZERO), recorder);
    }

    /** Has joined the topic at offset 10, with one tick heard. */
    private EmbeddedAuthz joined(EmbeddedOptions options, DecisionRecorder recorder) {
        EmbeddedAuthz embedded = EmbeddedAuthz.over(
                        ServiceCall.to("authz", pdp.url()).build(), Map.of(), recorder)
                .options(options)
                .revocationLatency(latencies::add)
                .time(time, time::nanos)
                .build();
        embedded.tenants().reached(10);
        embedded.tenants().joined(10);
        embedded.tenants().accept(new Tick(1, time.instant()));
        return embedded;
    }
}
