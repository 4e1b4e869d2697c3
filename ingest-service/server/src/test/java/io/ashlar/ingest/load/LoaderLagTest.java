package io.ashlar.ingest.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoaderLagTest {

    private final LoaderLag lag = new LoaderLag();

    @Test
    void nothingIsKnownBeforeAMomentIsReached() {
        read(1, Map.of(), Map.of(0, 5L));

        assertThat(lag.behindNanos(seconds(2))).isEmpty();
        assertThat(lag.chunks()).isEqualTo(5);
    }

    @Test
    void anIdleLoaderIsNotBehind() {
        read(1, Map.of(0, 7L), Map.of(0, 7L, 1, 0L));

        assertThat(lag.behindNanos(seconds(1))).hasValue(0);
        assertThat(lag.chunks()).isZero();
    }

    @Test
    void aLoaderThatKeepsUpIsOneReadingBehindThoughNeverAtTheEnd() {
        for (int second = 0; second < 100; second++) {
            read(second, Map.of(0, 10L * second), Map.of(0, 10L * (second + 1)));
        }

        assertThat(lag.behindNanos(seconds(99))).hasValue(seconds(1));
    }

    @Test
    void aLoaderThatStandsStillFallsBehindSecondBySecondAndCatchesUp() {
        read(0, Map.of(0, 0L), Map.of(0, 0L));
        for (int second = 1; second <= 60; second++) {
            read(second, Map.of(0, 0L), Map.of(0, (long) second));
        }
        assertThat(lag.behindNanos(seconds(60))).hasValue(seconds(60));
        assertThat(lag.chunks()).isEqualTo(60);

        read(61, Map.of(0, 30L), Map.of(0, 60L));
        assertThat(lag.behindNanos(seconds(61))).hasValue(seconds(31));

        read(62, Map.of(0, 60L), Map.of(0, 60L));
        assertThat(lag.behindNanos(seconds(62))).hasValue(0);
    }

    @Test
    void oneLatePartitionIsEnough() {
        read(0, Map.of(0, 1L, 1, 1L), Map.of(0, 1L, 1, 1L));
        read(1, Map.of(0, 9L, 1, 1L), Map.of(0, 9L, 1, 2L));

        assertThat(lag.behindNanos(seconds(1))).hasValue(seconds(1));
        assertThat(lag.chunks()).isEqualTo(1);
    }

    @Test
    void withoutReadingsItGoesOnGrowing() {
        read(0, Map.of(0, 1L), Map.of(0, 1L));

        assertThat(lag.behindNanos(seconds(30))).hasValue(seconds(30));
    }

    @Test
    void aLongStandstillIsToldWhateverIsForgotten() {
        read(0, Map.of(0, 0L), Map.of(0, 0L));
        int day = (int) TimeUnit.DAYS.toSeconds(1);
        for (int second = 1; second <= day; second++) {
            read(second, Map.of(0, 0L), Map.of(0, (long) second));
        }
        assertThat(lag.behindNanos(seconds(day))).hasValue(seconds(day));

        read(day, Map.of(0, (long) day), Map.of(0, (long) day));
        assertThat(lag.behindNanos(seconds(day))).hasValue(0);
    }

    private void read(int second, Map<Integer, Long> stored, Map<Integer, Long> ends) {
        lag.read(seconds(second), stored, ends);
    }

    private static long seconds(int seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
