package io.ashlar.authz.call;

import java.time.Duration;

/**
 * The bounds of calls to one service.
 *
 * @param deadline one call with all its repeats, and the body but for streams
 * @param streamDeadline a whole stream, from the request to its last byte
 * @param retries repeats of what is safe to repeat, 0 to 5
 * @param inFlight calls running at once in this process; the next one fails with {@code BUSY}
 * @param breakerWindow calls the breaker looks at; half of them failed opens it
 * @param breakerDelay how long it stays open before one probe
 * @param answerBytes the largest body that is read, but for streams
 */
public record CallLimits(
        Duration deadline,
        Duration streamDeadline,
        int retries,
        int inFlight,
        int breakerWindow,
        Duration breakerDelay,
        int answerBytes) {

    public static final CallLimits DEFAULT = new CallLimits(
            Duration.ofSeconds(5), Duration.ofMinutes(10), 2, 256, 20, Duration.ofSeconds(2), 16 * 1024 * 1024);

    public CallLimits {
        positive("deadline", deadline);
        positive("stream deadline", streamDeadline);
        positive("breaker delay", breakerDelay);
        if (retries < 0 || retries > 5 || inFlight < 1 || breakerWindow < 1 || answerBytes < 1) {
            throw new IllegalArgumentException("a bound is out of range");
        }
    }

    public CallLimits withDeadline(Duration value) {
        return new CallLimits(value, streamDeadline, retries, inFlight, breakerWindow, breakerDelay, answerBytes);
    }

    public CallLimits withStreamDeadline(Duration value) {
        return new CallLimits(deadline, value, retries, inFlight, breakerWindow, breakerDelay, answerBytes);
    }

    public CallLimits withRetries(int value) {
        return new CallLimits(deadline, streamDeadline, value, inFlight, breakerWindow, breakerDelay, answerBytes);
    }

    public CallLimits withInFlight(int value) {
        return new CallLimits(deadline, streamDeadline, retries, value, breakerWindow, breakerDelay, answerBytes);
    }

    public CallLimits withBreaker(int window, Duration delay) {
        return new CallLimits(deadline, streamDeadline, retries, inFlight, window, delay, answerBytes);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }
}
