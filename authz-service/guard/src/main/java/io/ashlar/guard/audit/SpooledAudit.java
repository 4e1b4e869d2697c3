package io.ashlar.guard.audit;

import io.ashlar.authz.audit.SpoolFullException;
import io.ashlar.authz.audit.SpoolOptions;
import io.ashlar.authz.client.DecisionRecorder;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.guard.request.RequestId;
import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.ingest.audit.AuditLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Writes the door's events to the spool before the request goes on, and ships them to the audit topic. Equal allows within a
 * second are one event with a count. A full spool refuses the request.
 */
final class SpooledAudit implements DoorAudit, AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final AuditLog log;
    private final DecisionRecorder decisions;

    SpooledAudit(String service, Path directory, Map<String, Object> kafka) {
        this.log = AuditLog.open(service, SpoolOptions.of(directory), kafka, DRAIN);
        this.decisions = log.decisions("ashlar-" + service);
    }

    @Override
    public void record(DoorEvent event) {
        try {
            log.record(audit(event));
        } catch (SpoolFullException e) {
            throw new ProblemException(DoorError.UNAVAILABLE, "the audit log takes no more").retryAfter(1);
        }
    }

    @Override
    public DecisionRecorder decisions() {
        return decisions;
    }

    /** Bytes that wait for Kafka, over what the spool can hold: 0 to 1. */
    double fill() {
        return log.state().fill();
    }

    @Override
    public void close() {
        log.close();
    }

    private static AuditEvent audit(DoorEvent event) {
        String resource = event.resource();
        int split = resource == null ? -1 : resource.indexOf("::");
        return new AuditEvent(
                event.tenant(),
                event.actor(),
                event.actingService(),
                event.action(),
                resource == null || split < 0
                        ? new AuditEvent.Resource("User", event.actor())
                        : new AuditEvent.Resource(resource.substring(0, split), resource.substring(split + 2)),
                event.allowed() ? AuditEvent.Decision.ALLOW : AuditEvent.Decision.DENY,
                "door",
                0,
                0,
                1,
                event.at(),
                event.at(),
                RequestId.current(),
                AuditLog.traceId(),
                AuditEvent.noInputs());
    }
}
