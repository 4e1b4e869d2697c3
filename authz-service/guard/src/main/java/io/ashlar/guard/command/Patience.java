package io.ashlar.guard.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Looks again and again for what is missing, until nothing is or the time is over; says each new reason once. */
final class Patience {

    private static final long PAUSE_NANOS = 1_000_000_000L;

    private Patience() {}

    /** One look: what is missing, or nothing. */
    interface Look {
        Optional<String> missing() throws InterruptedException;
    }

    /** What was still missing when the time was over; empty if nothing was. */
    static Optional<String> until(Duration limit, Look look, PrintStream out) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        Optional<String> said = Optional.empty();
        while (true) {
            Optional<String> missing = look.missing();
            if (missing.isEmpty() || System.nanoTime() >= end) {
                return missing;
            }
            if (!missing.equals(said)) {
                out.printf("event=waiting why=%s%n", missing.get());
                said = missing;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException("while waiting for: " + missing.get());
            }
        }
    }
}
