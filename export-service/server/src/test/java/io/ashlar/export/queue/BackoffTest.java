package io.ashlar.export.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), new SplittableRandom(1));

    @Test
    void boundDoublesUpToTheCap() {
        assertThat(backoff.boundMillis(1)).isEqualTo(2_000);
        assertThat(backoff.boundMillis(2)).isEqualTo(4_000);
        assertThat(backoff.boundMillis(7)).isEqualTo(128_000);
        assertThat(backoff.boundMillis(9)).isEqualTo(300_000);
        assertThat(backoff.boundMillis(1_000_000)).isEqualTo(300_000);
    }

    @Property
    void neverBeyondTheBound(@ForAll @IntRange(min = 1, max = 1_000) int attempt) {
        assertThat(backoff.after(attempt)).isBetween(Duration.ZERO, Duration.ofMillis(backoff.boundMillis(attempt)));
    }
}
