package io.ashlar.authz.change;

import io.ashlar.authz.change.ChangeMessage.Change;
import io.ashlar.authz.change.ChangeMessage.Tick;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far the change topic has been heard, in the database's time. Measured from a tick's time, so that a slow reader knows that
 * it is slow; and from its arrival, so that a local clock that runs behind cannot make a silent topic look alive. Thread-safe.
 *
 * <p>Whoever decides by what was heard asks {@link #within} first and looks at what was heard afterwards: the other way round, a
 * change that was told between the two would be missed by a question that the second look calls fresh.
 */
public final class TopicClock {

    private final Clock clock;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Heard> heard = new AtomicReference<>();

    /**
     * A clock that has heard nothing.
     *
     * @param clock this machine's, near the database's
     * @param nanos monotonic
     */
    public TopicClock(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
    }

    private record Heard(long epoch, Instant databaseTime, long arrivedNanos, boolean lost) {}

    /** A relay that lost its term may still write: its time proves nothing about changes that others tell. */
    public void heard(Tick tick) {
        Heard now = new Heard(tick.epoch(), tick.databaseTime(), nanos.getAsLong(), false);
        heard.updateAndGet(last -> last != null && !last.lost() && last.epoch() > now.epoch() ? last : now);
    }

    /** The topic is not read any more. */
    public void lost() {
        heard.updateAndGet(
                last -> last == null ? null : new Heard(last.epoch(), last.databaseTime(), last.arrivedNanos(), true));
    }

    /** Whether everything committed longer ago than {@code lagMax} has been heard. */
    public boolean within(Duration lagMax) {
        Heard last = heard.get();
        return last != null && !last.lost() && behind(last).compareTo(lagMax) <= 0;
    }

    /** How far behind; empty before the first tick, and while the topic is not read. */
    public Optional<Duration> lag() {
        Heard last = heard.get();
        return last == null || last.lost() ? Optional.empty() : Optional.of(behind(last));
    }

    /** How long ago the time is up to which all was heard; goes on while the topic is not read. Empty before the first tick. */
    public Optional<Duration> sinceProven() {
        return Optional.ofNullable(heard.get()).map(this::behind);
    }

    /**
     * How long a change was under way, from its commit to now, by the database's clock and this machine's; empty while the topic
     * is further behind than {@code lagMax}, for then nothing that is kept is used anyway.
     */
    public Optional<Duration> latency(Change change, Duration lagMax) {
        if (!within(lagMax)) {
            return Optional.empty();
        }
        Duration latency = Duration.between(change.committedAt(), clock.instant());
        return Optional.of(latency.isNegative() ? Duration.ZERO : latency);
    }

    private Duration behind(Heard last) {
        Duration byDatabase = Duration.between(last.databaseTime(), clock.instant());
        Duration byArrival = Duration.ofNanos(nanos.getAsLong() - last.arrivedNanos());
        return byDatabase.compareTo(byArrival) > 0 ? byDatabase : byArrival;
    }
}
