package io.ashlar.authz.snapshot;

import io.ashlar.authz.change.ChangeMessage.Tick;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How far the change topic has been read, in the database's time. Measured from the tick's time, so that a slow reader knows
 * that it is slow; and from its arrival, so that a local clock that runs behind cannot make a silent topic look alive.
 */
final class TopicClock {

    private final Clock clock;
    private final AtomicReference<@Nullable Heard> heard = new AtomicReference<>();

    TopicClock(Clock clock) {
        this.clock = clock;
    }

    private record Heard(long epoch, Instant databaseTime, long arrivedNanos) {}

    /** A tick of a relay that has lost its office is not heard. */
    void tick(Tick tick) {
        heard.accumulateAndGet(
                new Heard(tick.epoch(), tick.databaseTime(), System.nanoTime()),
                (old, next) -> old != null && old.epoch() > next.epoch() ? old : next);
    }

    /** Forgets all: the reader starts anew. */
    void lost() {
        heard.set(null);
    }

    /** How far behind, or null if nothing has been heard. */
    @Nullable Duration lag() {
        Heard last = heard.get();
        if (last == null) {
            return null;
        }
        Duration byDatabase = Duration.between(last.databaseTime(), clock.instant());
        Duration byArrival = Duration.ofNanos(System.nanoTime() - last.arrivedNanos());
        return byDatabase.compareTo(byArrival) > 0 ? byDatabase : byArrival;
    }
}
