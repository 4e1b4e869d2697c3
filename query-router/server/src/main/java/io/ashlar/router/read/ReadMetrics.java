package io.ashlar.router.read;

import io.ashlar.authz.problem.ErrorCode;
import io.ashlar.router.choice.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;

/** {@code ashlar_router_reads_total}, {@code …_refusals_total}, {@code …_retries_total}, {@code …_wait_seconds}. */
@Singleton
@Startup
public final class ReadMetrics {

    private final MeterRegistry registry;
    private final Counter tenantLost;

    ReadMetrics(MeterRegistry registry) {
        this.registry = registry;
        // There from the start: a rise from nothing to one is none to Prometheus, and this alarm must not be missed.
        this.tenantLost = registry.counter("ashlar.router.tenant.lost");
    }

    void served(boolean primary, String consistency, Reason reason) {
        registry.counter(
                        "ashlar.router.reads",
                        "role",
                        primary ? "primary" : "replica",
                        "consistency",
                        consistency,
                        "reason",
                        reason.wire())
                .increment();
    }

    void refused(ErrorCode error) {
        registry.counter("ashlar.router.refusals", "code", error.code()).increment();
    }

    void retried(String why) {
        registry.counter("ashlar.router.retries", "why", why).increment();
    }

    void waited(boolean enough, Duration howLong) {
        registry.timer("ashlar.router.wait", "outcome", enough ? "fresh" : "over")
                .record(howLong);
    }

    void tenantLost() {
        tenantLost.increment();
    }
}
