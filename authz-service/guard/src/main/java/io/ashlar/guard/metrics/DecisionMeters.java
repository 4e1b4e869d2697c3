package io.ashlar.guard.metrics;

import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.authz.embedded.EmbeddedAuthz;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Exports what the door's decision point counts; a cache's hit rate is hits ÷ (hits + misses). */
@ApplicationScoped
public class DecisionMeters {

    private static final Duration[] LATENCIES =
            Stream.of(50, 100, 250, 500, 1_000, 2_000).map(Duration::ofMillis).toArray(Duration[]::new);

    private final MeterRegistry meters;

    DecisionMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Takes how long each change was on its way to this cache; to be handed to the client when it is made. */
    public Consumer<Duration> revocations() {
        Timer timer = Timer.builder("ashlar.guard.revocation")
                .description(
                        "from a change's commit, by the database's clock, until this cache is without what it changed")
                .serviceLevelObjectives(LATENCIES)
                .register(meters);
        return timer::record;
    }

    /** Called once, by whoever makes the client. */
    public void bind(RemoteAuthz authz) {
        counter(authz, "hit", client -> client.stats().hits());
        counter(authz, "miss", client -> client.stats().misses());
        counter(authz, "stale", client -> client.stats().stale());
        counter(authz, "last_known", client -> client.stats().lastKnown());
        counter(authz, "unavailable", client -> client.stats().unavailable());
        lag(authz, RemoteAuthz::changeLag);
    }

    /** The same for a decision point in this process. */
    public void bind(EmbeddedAuthz authz) {
        counter(authz, "here", point -> point.stats().here());
        counter(authz, "asked", point -> point.stats().asked());
        counter(authz, "last_known", point -> point.stats().lastKnown());
        counter(authz, "unavailable", point -> point.stats().unavailable());
        FunctionCounter.builder(
                        "ashlar.guard.snapshots", authz, point -> point.stats().loads())
                .description("snapshots of tenants' policies and principals asked for")
                .register(meters);
        lag(authz, EmbeddedAuthz::changeLag);
    }

    private <T> void counter(T source, String result, ToDoubleFunction<T> count) {
        FunctionCounter.builder("ashlar.guard.decisions", source, count)
                .tag("result", result)
                .description(
                        "questions of the door; asked of authz: hit and miss are all of them, the others are kinds of"
                                + " miss; decided in this process: here, asked, last_known and unavailable are all of them")
                .register(meters);
    }

    private <T> void lag(T source, Function<T, Optional<Duration>> lag) {
        Gauge.builder("ashlar.guard.changes.lag", source, from -> lag.apply(from)
                        .map(late -> late.toNanos() / 1e9)
                        .orElse(Double.NaN))
                .baseUnit("seconds")
                .description("how far the change topic is behind the database's time; NaN before its first tick")
                .register(meters);
    }
}
