package io.ashlar.authz.client;

import java.util.concurrent.atomic.LongAdder;

/** What the client counts. Thread-safe. */
final class Counters {

    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder lastKnown = new LongAdder();
    final LongAdder unavailable = new LongAdder();

    void count(boolean hit, boolean fresh) {
        (hit ? hits : misses).increment();
        if (!fresh) {
            stale.increment();
        }
    }
}
