package io.ashlar.guard.metrics;

import io.ashlar.authz.client.RemoteAuthz;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Exports what the decision client counts; the hit rate is hits ÷ (hits + misses). */
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
        counter(authz, "unavailable", client -> client.stats().unavailable());
        Gauge.builder("ashlar.guard.changes.lag", authz, DecisionMeters::lagSeconds)
                .baseUnit("seconds")
                .description("how far the change topic is behind the database's time; NaN before its first tick")
                .register(meters);
    }

    private void counter(RemoteAuthz authz, String result, ToDoubleFunction<RemoteAuthz> count) {
        FunctionCounter.builder("ashlar.guard.decisions", authz, count)
                .tag("result", result)
                .description(
                        "questions to authz: hit and miss are all of them, stale and unavailable are kinds of miss")
                .register(meters);
    }

    private static double lagSeconds(RemoteAuthz authz) {
        return authz.changeLag().map(lag -> lag.toNanos() / 1e9).orElse(Double.NaN);
    }
}
