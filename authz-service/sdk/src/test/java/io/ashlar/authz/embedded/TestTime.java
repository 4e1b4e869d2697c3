package io.ashlar.authz.embedded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Wall and monotonic time that pass when told to. */
final class TestTime extends Clock {

    private volatile Instant now = Instant.parse("2026-11-22T01:00:00Z");
    private volatile long nanos;

    synchronized void pass(Duration time) {
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
