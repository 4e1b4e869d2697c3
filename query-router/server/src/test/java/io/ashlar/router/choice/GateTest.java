package io.ashlar.router.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.router.choice.Gate.Verdict;
import org.junit.jupiter.api.Test;

/** Five failures in a row shut the gate; after a pause one read may try. */
class GateTest {

    private static final long PAUSE = 1_000;

    private final Gate gate = new Gate(5, PAUSE);

    @Test
    void fourFailuresDoNotShutIt() {
        fail(4, 0);
        assertThat(gate.usable(0)).isTrue();
    }

    @Test
    void anAnswerBetweenFailuresStartsTheCountAnew() {
        fail(4, 0);
        gate.enter(0);
        gate.leave(Verdict.ANSWERED, 0);
        fail(4, 0);
        assertThat(gate.usable(0)).isTrue();
    }

    @Test
    void fiveInARowShutIt() {
        fail(5, 0);
        assertThat(gate.usable(PAUSE - 1)).isFalse();
        assertThat(gate.enter(PAUSE - 1)).isFalse();
    }

    @Test
    void afterThePauseOneMayTry() {
        fail(5, 0);
        assertThat(gate.enter(PAUSE)).isTrue();
        assertThat(gate.usable(PAUSE)).isFalse();
        assertThat(gate.enter(PAUSE)).isFalse();
        gate.leave(Verdict.ANSWERED, PAUSE);
        assertThat(gate.usable(PAUSE)).isTrue();
        assertThat(gate.inFlight()).isZero();
    }

    @Test
    void whoTriesAndFailsShutsItAgain() {
        fail(5, 0);
        gate.enter(PAUSE);
        gate.leave(Verdict.FAILED, PAUSE);
        assertThat(gate.usable(2 * PAUSE - 1)).isFalse();
        assertThat(gate.usable(2 * PAUSE)).isTrue();
    }

    @Test
    void whoTriesAndSaysNothingLetsTheNextTry() {
        fail(5, 0);
        gate.enter(PAUSE);
        gate.leave(Verdict.NONE, PAUSE);
        assertThat(gate.enter(PAUSE)).isTrue();
    }

    private void fail(int times, long now) {
        for (int i = 0; i < times; i++) {
            gate.enter(now);
            gate.leave(Verdict.FAILED, now);
        }
    }
}
