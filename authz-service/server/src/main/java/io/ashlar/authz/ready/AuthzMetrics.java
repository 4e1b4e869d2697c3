package io.ashlar.authz.ready;

import io.ashlar.authz.audit.AuditSpool;
import io.ashlar.authz.journal.DecisionJournal;
import io.ashlar.authz.snapshot.Snapshots;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** Names and units of what can be watched; decisions are timed as HTTP requests. */
@Startup
@ApplicationScoped
class AuthzMetrics {

    AuthzMetrics(MeterRegistry meters, Snapshots snapshots, DecisionJournal journal) {
        Gauge.builder("ashlar.authz.snapshot.lag", snapshots, AuthzMetrics::lagSeconds)
                .baseUnit("seconds")
                .description("how far the change topic has been read behind the database's time; NaN if not at all")
                .register(meters);
        FunctionCounter.builder("ashlar.authz.snapshot.loads", snapshots, Snapshots::loads)
                .description("snapshots read from the database")
                .register(meters);
        Gauge.builder("ashlar.authz.spool.fill", journal, held -> held.state().fill())
                .description("share of the audit spool in use, 0 to 1")
                .register(meters);
        FunctionCounter.builder("ashlar.authz.spool.refused", journal, held ->
                        (double) held.state().refused())
                .description("decisions refused because the audit spool had no room")
                .register(meters);
        Gauge.builder("ashlar.authz.spool.backlog", journal, AuthzMetrics::backlogBytes)
                .baseUnit("bytes")
                .description("audit events that wait for delivery")
                .register(meters);
    }

    private static double lagSeconds(Snapshots snapshots) {
        return snapshots.lag().map(lag -> lag.toMillis() / 1000.0).orElse(Double.NaN);
    }

    private static double backlogBytes(DecisionJournal journal) {
        AuditSpool.State state = journal.state();
        return state.backlogBytes();
    }
}
