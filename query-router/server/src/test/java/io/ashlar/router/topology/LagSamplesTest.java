package io.ashlar.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The ruler of lag. */
class LagSamplesTest {

    private final LagSamples samples = new LagSamples();

    @Test
    void withoutASampleNothingIsKnown() {
        assertThat(samples.freshAtNanos(100)).isEmpty();
    }

    @Test
    void theNewestReachedTimeCounts() {
        samples.remember(10, 100);
        samples.remember(20, 100);
        samples.remember(30, 200);
        assertThat(samples.freshAtNanos(99)).isEmpty();
        assertThat(samples.freshAtNanos(100)).hasValue(20);
        assertThat(samples.freshAtNanos(199)).hasValue(20);
        assertThat(samples.freshAtNanos(200)).hasValue(30);
    }

    @Test
    void thePageHeaderIsNoLag() {
        samples.remember(10, 0x2000028);
        assertThat(samples.freshAtNanos(0x2000000)).hasValue(10);
        assertThat(samples.freshAtNanos(0x1FFFFF8)).isEmpty();
    }

    @Test
    void aPrimaryThatLostItsTailStartsANewRuler() {
        samples.remember(10, 100);
        samples.remember(20, 90);
        assertThat(samples.freshAtNanos(90)).hasValue(20);
    }

    /** Thinning may only make a replica look later than it is. */
    @Property(tries = 50)
    void neverFresherThanTrue(@ForAll @IntRange(min = 1, max = 5000) int count, @ForAll @IntRange(max = 5000) int at) {
        LagSamples many = new LagSamples();
        for (int i = 0; i < count; i++) {
            many.remember(i, 10_000L + i);
        }
        OptionalLong freshAt = many.freshAtNanos(10_000L + at);
        freshAt.ifPresent(time -> assertThat(time).isLessThanOrEqualTo(Math.min(at, count - 1)));
        if (at >= count - 1) {
            assertThat(freshAt).hasValue(count - 1);
        }
    }
}
