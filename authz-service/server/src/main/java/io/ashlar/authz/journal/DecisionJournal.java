package io.ashlar.authz.journal;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.audit.AuditSpool;
import io.ashlar.authz.audit.SpoolFullException;
import io.ashlar.authz.audit.SpoolOptions;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.guard.request.RequestId;
import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.ingest.audit.AuditLog;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Records decisions: when {@link #record} has returned, the event survives the death of this process. Equal allows within the
 * merge window become one event. Thread-safe.
 */
@Singleton
public class DecisionJournal {

    private final AuditLog log;

    DecisionJournal(AuditConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        SpoolOptions options = new SpoolOptions(
                config.directory(),
                config.segmentBytes(),
                config.segmentsMax(),
                config.patience(),
                config.mergeWindow());
        this.log = AuditLog.open("authz", options, kafka, config.drain());
    }

    /**
     * Records before the answer.
     *
     * @throws ProblemException {@code audit_unavailable} if there was no room in time: the caller must not go on
     */
    public void record(Decided decided) {
        try {
            log.record(event(decided));
        } catch (SpoolFullException full) {
            throw new ProblemException(AuthzError.AUDIT_UNAVAILABLE, "the audit spool is full").retryAfter(1);
        }
    }

    /** The same for a thread that must not wait; false if there is no room now, and nothing was recorded. */
    public boolean offer(Decided decided) {
        return log.offer(event(decided));
    }

    private static AuditEvent event(Decided decided) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return new AuditEvent(
                decided.tenant(),
                decided.actor(),
                decided.actingService(),
                decided.action(),
                new AuditEvent.Resource(decided.resourceType(), decided.resourceId()),
                decided.allowed() ? AuditEvent.Decision.ALLOW : AuditEvent.Decision.DENY,
                String.join(",", decided.reasons()),
                decided.versions().policyVersion(),
                decided.versions().revision(),
                1,
                now,
                now,
                RequestId.current(),
                AuditLog.traceId(),
                decided.inputs());
    }

    /** Why nothing can be recorded for long; empty if all is well. */
    public Optional<String> trouble() {
        return log.trouble();
    }

    /** What is in the spool. */
    public AuditSpool.State state() {
        return log.state();
    }

    @PreDestroy
    void close() {
        log.close();
    }
}
