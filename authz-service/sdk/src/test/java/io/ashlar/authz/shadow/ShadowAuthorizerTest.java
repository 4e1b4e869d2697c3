package io.ashlar.authz.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ashlar.authz.call.WireJson;
import io.ashlar.authz.client.Authz;
import io.ashlar.authz.client.Decision;
import io.ashlar.authz.client.Decision.Outcome;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanRequest;
import io.ashlar.authz.shadow.Difference.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ShadowAuthorizerTest {

    private static final EntityRef DOC = new EntityRef("Doc", "1");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T01:00:00Z"), ZoneOffset.UTC);

    private final List<Difference> heard = new CopyOnWriteArrayList<>();

    /** Policies that always say the same. */
    private record Always(Outcome outcome, List<String> policies) implements Authz {
        @Override
        public Decision check(EntityRef subject, String action, EntityRef resource, Map<String, Object> context) {
            return outcome == Outcome.UNAVAILABLE
                    ? Decision.unavailable("authz: UNREACHABLE")
                    : new Decision(outcome, 7, 12, policies, List.of());
        }

        @Override
        public Plan plan(PlanRequest request) {
            throw new UnsupportedOperationException();
        }
    }

    private static final Authz ALLOW = new Always(Outcome.ALLOW, List.of("p2", "p1"));
    private static final Authz DENY = new Always(Outcome.DENY, List.of());
    private static final Authz NOBODY = new Always(Outcome.UNAVAILABLE, List.of());

    @Test
    void theConfiguredSideAnswersAndTheOtherIsCompared() {
        try (ShadowAuthorizer shadow = shadow(ShadowOptions.LEGACY_ANSWERS)) {
            assertThat(ask(shadow, ALLOW, () -> false)).isFalse();
            assertThat(ask(shadow, DENY, () -> true)).isTrue();
            assertThat(ask(shadow, ALLOW, () -> true)).isTrue();
            DifferenceReport report = settled(shadow, 3);
            assertThat(report.equal()).isEqualTo(1);
            assertThat(report.differing()).isEqualTo(2);
            assertThat(report.differences())
                    .extracting(DifferenceReport.Group::kind)
                    .containsExactly(Kind.GAINS, Kind.LOSES);
            assertThat(report.differences().getFirst().policies()).containsExactly("p1", "p2");
        }
        try (ShadowAuthorizer shadow = shadow(ShadowOptions.NEW_ANSWERS)) {
            assertThat(ask(shadow, ALLOW, () -> false)).isTrue();
            assertThat(ask(shadow, DENY, () -> true)).isFalse();
            assertThat(settled(shadow, 2).differing()).isEqualTo(2);
        }
    }

    @Test
    void aLegacyCheckThatThrowsDoesSoOnlyWhereItAnswers() {
        BooleanSupplier broken = () -> {
            throw new IllegalStateException("no session");
        };
        try (ShadowAuthorizer shadow = shadow(ShadowOptions.LEGACY_ANSWERS)) {
            assertThatThrownBy(() -> ask(shadow, ALLOW, broken)).hasMessage("no session");
            assertThat(settled(shadow, 1).differences().getFirst().kind()).isEqualTo(Kind.LEGACY_FAILED);
        }
        try (ShadowAuthorizer shadow = shadow(ShadowOptions.NEW_ANSWERS)) {
            assertThat(ask(shadow, ALLOW, broken)).isTrue();
            DifferenceReport report = settled(shadow, 1);
            assertThat(report.differences().getFirst().samples().getFirst().detail())
                    .isEqualTo("java.lang.IllegalStateException");
        }
    }

    @Test
    void policiesThatCannotBeAskedDoNotAllow() {
        try (ShadowAuthorizer shadow = shadow(ShadowOptions.NEW_ANSWERS)) {
            assertThat(ask(shadow, NOBODY, () -> true)).isFalse();
            assertThat(settled(shadow, 1).differences().getFirst().kind()).isEqualTo(Kind.NEW_UNAVAILABLE);
        }
        try (ShadowAuthorizer shadow = shadow(ShadowOptions.LEGACY_ANSWERS)) {
            assertThat(ask(shadow, NOBODY, () -> true)).isTrue();
            assertThat(settled(shadow, 1).differences().getFirst().kind()).isEqualTo(Kind.NEW_UNAVAILABLE);
        }
    }

    /** The answer does not wait: the watched side hangs, the places are taken, and everybody is answered. */
    @Test
    void theWatchedSideNeverHoldsUpAnAnswer() {
        CountDownLatch hangs = new CountDownLatch(1);
        try (ShadowAuthorizer shadow = shadow(ShadowOptions.NEW_ANSWERS.inFlightMax(3))) {
            for (int i = 0; i < 100; i++) {
                assertThat(ask(shadow, ALLOW, () -> awaited(hangs))).isTrue();
            }
            assertThat(shadow.report().skipped()).isEqualTo(97);
            assertThat(shadow.report().compared()).isZero();
            hangs.countDown();
            assertThat(settled(shadow, 3).differing()).isEqualTo(3);
        }
    }

    @Test
    void differencesAreCountedExactlyAndKeptWithinBounds() {
        try (ShadowAuthorizer shadow = shadow(ShadowOptions.LEGACY_ANSWERS.bounds(2, 3))) {
            for (int i = 0; i < 10; i++) {
                assertThat(shadow.allowed(DENY, EntityRef.user("u" + i), "read", DOC, () -> true))
                        .isTrue();
            }
            settled(shadow, 10);
            shadow.allowed(DENY, EntityRef.user("ana"), "write", DOC, () -> true);
            settled(shadow, 11);
            for (int i = 0; i < 5; i++) {
                shadow.allowed(DENY, EntityRef.user("ana"), "other" + i, DOC, () -> true);
            }
            DifferenceReport report = settled(shadow, 16);
            assertThat(report.differences()).hasSize(2);
            assertThat(report.differences().getFirst().count()).isEqualTo(10);
            assertThat(report.differences().getFirst().samples()).hasSize(3);
            assertThat(report.ungrouped()).isEqualTo(5);
            assertThat(heard).as("each is told").hasSize(16);
        }
    }

    @Test
    void aSubjectStaysOnTheNewSideWhileMoreAreMoved() {
        try (ShadowAuthorizer shadow = shadow(ShadowOptions.LEGACY_ANSWERS)) {
            List<Boolean> moved = List.of();
            for (int percent : new int[] {0, 10, 50, 100}) {
                shadow.newPercent(percent);
                List<Boolean> before = moved;
                moved = java.util.stream.IntStream.range(0, 1_000)
                        .mapToObj(i -> shadow.allowed(ALLOW, EntityRef.user("u" + i), "read", DOC, () -> false))
                        .toList();
                for (int i = 0; i < before.size(); i++) {
                    assertThat(!before.get(i) || moved.get(i)).isTrue();
                }
                long share = moved.stream().filter(answer -> answer).count();
                assertThat(share).isBetween(percent * 10L - 60, percent * 10L + 60);
            }
            shadow.newPercent(0);
            assertThat(shadow.allowed(ALLOW, EntityRef.user("u1"), "read", DOC, () -> false))
                    .as("taken back at once")
                    .isFalse();
            assertThatThrownBy(() -> shadow.newPercent(101)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        try (ShadowAuthorizer shadow =
                ShadowAuthorizer.with(ShadowOptions.LEGACY_ANSWERS.inFlightMax(1), difference -> {
                    throw new IllegalStateException("full");
                })) {
            for (int i = 0; i < 5; i++) {
                assertThat(ask(shadow, DENY, () -> true)).isTrue();
                settled(shadow, i + 1L);
            }
            Awaitility.await().until(() -> {
                ask(shadow, DENY, () -> true);
                return shadow.report().compared() > 5;
            });
        }
    }

    @Test
    void theReportIsWrittenAsItAlwaysWas() throws IOException {
        try (ShadowAuthorizer shadow = shadow(ShadowOptions.LEGACY_ANSWERS)) {
            ask(shadow, ALLOW, () -> false);
            settled(shadow, 1);
            ask(shadow, ALLOW, () -> false);
            ask(shadow, DENY, () -> false);
            assertThat(json(settled(shadow, 3))).isEqualTo(golden());
        }
    }

    private boolean ask(ShadowAuthorizer shadow, Authz authz, BooleanSupplier legacy) {
        return shadow.allowed(authz, EntityRef.user("ana"), "read", DOC, legacy);
    }

    private ShadowAuthorizer shadow(ShadowOptions options) {
        return ShadowAuthorizer.with(options, heard::add, CLOCK);
    }

    private static DifferenceReport settled(ShadowAuthorizer shadow, long compared) {
        Awaitility.await().until(() -> shadow.report().compared() >= compared);
        return shadow.report();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String json(DifferenceReport report) throws JsonProcessingException {
        return WireJson.mapper().writeValueAsString(report.toJson()) + "\n";
    }

    private static String golden() throws IOException {
        try (InputStream in = ShadowAuthorizerTest.class.getResourceAsStream("/golden/difference-report.json")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
