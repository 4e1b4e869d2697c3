package io.ashlar.authz.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.change.ChangeMessage.Change;
import io.ashlar.authz.change.ChangeMessage.Tick;
import io.ashlar.authz.client.Decision.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DecisionCacheTest {

    private static final UUID TENANT = new UUID(1, 2);
    private static final Evaluation QUESTION =
            new Evaluation(EntityRef.user("ana"), "dataset.query", new EntityRef("Dataset", "flights"), Map.of());

    private final Time time = new Time();
    private final List<Duration> latencies = new ArrayList<>();
    private final DecisionCache cache =
            new DecisionCache(Duration.ofSeconds(60), 1_000, time, time::nanos, latencies::add);

    @Test
    void nothingIsFreshBeforeTheFirstTick() {
        assertThat(cache.fresh()).isFalse();
        cache.accept(new Tick(1, time.instant()));
        assertThat(cache.fresh()).isTrue();
    }

    @Test
    void aTickCountsFromItsDatabaseTimeNotFromItsArrival() {
        cache.accept(new Tick(1, time.instant().minusMillis(900)));
        assertThat(cache.fresh()).isTrue();
        time.pass(Duration.ofMillis(101));
        assertThat(cache.fresh()).isFalse();
        cache.accept(new Tick(1, time.instant().minusMillis(1_001)));
        assertThat(cache.fresh()).isFalse();
    }

    @Test
    void aClockThatRunsBehindDoesNotKeepADeadTopicAlive() {
        cache.accept(new Tick(1, time.instant().plusSeconds(30)));
        assertThat(cache.fresh()).isTrue();
        time.pass(Duration.ofMillis(1_001));
        assertThat(cache.fresh()).isFalse();
    }

    @Test
    void aRelayThatLostItsTermProvesNothing() {
        cache.accept(new Tick(2, time.instant()));
        time.pass(Duration.ofMillis(900));
        cache.accept(new Tick(1, time.instant()));
        time.pass(Duration.ofMillis(200));
        assertThat(cache.fresh()).isFalse();
    }

    @Test
    void anAnswerIsFoundUntilItsTenantChanges() {
        keep(5);
        assertThat(found()).isPresent();
        cache.accept(new Change(new UUID(9, 9), 6, 1, 1, time.instant()));
        assertThat(found()).isPresent();
        cache.accept(new Change(TENANT, 6, 1, 1, time.instant()));
        assertThat(found()).isEmpty();
    }

    @Test
    void anAnswerOlderThanAKnownChangeIsNotKept() {
        cache.accept(new Change(TENANT, 6, 1, 1, time.instant()));
        keep(5);
        assertThat(found()).isEmpty();
        assertThat(cache.known(TENANT).revision()).isEqualTo(6);
        keep(6);
        assertThat(found()).isPresent();
    }

    @Test
    void anOldChangeThatComesLateChangesNothing() {
        keep(7);
        cache.accept(new Change(TENANT, 6, 1, 1, time.instant()));
        assertThat(found()).isPresent();
    }

    @Test
    void anAnswerWithoutVersionsIsNotKept() {
        cache.keep(TENANT, "ana", QUESTION, new Decision(Outcome.ALLOW, -1, -1, List.of(), List.of()));
        assertThat(cache.known(TENANT)).isEqualTo(DecisionCache.Versions.NONE);
    }

    @Test
    void answersExpireAndAreForgottenWithTheTopic() {
        keep(5);
        time.pass(Duration.ofSeconds(61));
        assertThat(found()).isEmpty();
        cache.accept(new Tick(1, time.instant()));
        keep(5);
        cache.lost();
        assertThat(found()).isEmpty();
        assertThat(cache.fresh()).isFalse();
        assertThat(cache.known(TENANT)).isEqualTo(DecisionCache.Versions.NONE);
    }

    @Test
    void aChangeTellsHowLongItTookWhileTheTopicIsFresh() {
        cache.accept(new Change(TENANT, 6, 1, 1, time.instant().minusMillis(300)));
        assertThat(latencies).as("nothing is served from here yet").isEmpty();
        cache.accept(new Tick(1, time.instant()));
        cache.accept(new Change(TENANT, 7, 1, 1, time.instant().minusMillis(300)));
        cache.accept(new Change(TENANT, 8, 1, 1, time.instant().plusMillis(300)));
        assertThat(latencies).containsExactly(Duration.ofMillis(300), Duration.ZERO);
    }

    @Test
    void whatWasLastKnownHasAnAgeAndIsNeverAgainstAKnownChange() {
        keep(5);
        time.pass(Duration.ofSeconds(30));
        assertThat(cache.fresh()).isFalse();
        assertThat(lastKnown(Duration.ofSeconds(29))).isEmpty();
        assertThat(lastKnown(Duration.ofSeconds(30)))
                .hasValueSatisfying(decision -> assertThat(decision.age()).isEqualTo(Duration.ofSeconds(30)));
        cache.accept(new Change(TENANT, 6, 1, 1, time.instant()));
        assertThat(lastKnown(Duration.ofSeconds(60))).isEmpty();
    }

    private Optional<Decision> lastKnown(Duration ageMax) {
        DecisionCache.Versions known = cache.known(TENANT);
        return cache.lastKnown(CacheKey.of(TENANT, "ana", QUESTION, known.policyVersion(), known.revision()), ageMax);
    }

    private void keep(long revision) {
        cache.keep(TENANT, "ana", QUESTION, new Decision(Outcome.ALLOW, 1, revision, List.of(), List.of()));
    }

    private Optional<Decision> found() {
        DecisionCache.Versions known = cache.known(TENANT);
        return cache.find(CacheKey.of(TENANT, "ana", QUESTION, known.policyVersion(), known.revision()));
    }

    /** Wall and monotonic time that pass when told to. */
    private static final class Time extends Clock {
        private Instant now = Instant.parse("2026-11-21T15:00:00Z");
        private long nanos;

        void pass(Duration time) {
            now = now.plus(time);
            nanos += time.toNanos();
        }

        long nanos() {
            return nanos;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
