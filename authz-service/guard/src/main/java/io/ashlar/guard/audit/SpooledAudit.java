package io.ashlar.guard.audit;

import io.ashlar.authz.audit.AuditShipper;
import io.ashlar.authz.audit.AuditSpool;
import io.ashlar.authz.audit.KafkaAuditSink;
import io.ashlar.authz.audit.SpoolFullException;
import io.ashlar.authz.audit.SpoolOptions;
import io.ashlar.authz.audit.SpoolRecord;
import io.ashlar.authz.audit.SpooledRecord;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.guard.request.RequestId;
import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.ingest.audit.AuditHeaders;
import io.ashlar.ingest.event.Topics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the door's events to the spool before the request goes on, and ships them to the audit topic. Equal allows within a
 * second are one event with a count. A full spool refuses the request.
 */
final class SpooledAudit implements DoorAudit, AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final String source;
    private final AuditSpool spool;
    private final AuditShipper shipper;

    SpooledAudit(String service, Path directory, String bootstrap, Map<String, Object> kafka) {
        this.source = "/ashlar/" + service;
        this.spool = AuditSpool.open(SpoolOptions.of(directory));
        this.shipper = AuditShipper.start(
                spool, new KafkaAuditSink(bootstrap, Topics.AUDIT.name(), kafka, SpooledAudit::counted), DRAIN);
    }

    @Override
    public void record(DoorEvent event) {
        AuditEvent audit = audit(event);
        AuditHeaders headers = new AuditHeaders(UUID.randomUUID().toString(), source, event.tenant(), event.at());
        SpoolRecord record = new SpoolRecord(
                audit.partition(),
                String.valueOf(event.tenant()).getBytes(StandardCharsets.US_ASCII),
                headers.write(),
                audit.write());
        try {
            spool.append(record, event.allowed() ? mergeKey(event) : null);
        } catch (SpoolFullException e) {
            throw new ProblemException(DoorError.UNAVAILABLE, "the audit log takes no more").retryAfter(1);
        }
    }

    /** Bytes that wait for Kafka, over what the spool can hold: 0 to 1. */
    double fill() {
        return spool.state().fill();
    }

    @Override
    public void close() {
        spool.endMerging();
        shipper.close();
        spool.close();
    }

    /** Merged events differ in nothing but time; the parts are told apart by their lengths. */
    private static String mergeKey(DoorEvent event) {
        StringBuilder key = new StringBuilder();
        for (Object part : new @Nullable Object[] {
            event.action(), event.tenant(), event.actor(), event.actingService(), event.resource()
        }) {
            String text = String.valueOf(part);
            key.append(text.length()).append(':').append(text);
        }
        return key.toString();
    }

    private static AuditEvent audit(DoorEvent event) {
        SpanContext span = Span.current().getSpanContext();
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
                span.isValid() ? span.getTraceId() : null,
                AuditEvent.noInputs());
    }

    private static byte[] counted(SpooledRecord spooled) {
        byte[] body = spooled.record().body();
        if (spooled.count() == 1) {
            return body;
        }
        try {
            AuditEvent first = AuditEvent.read(body);
            return new AuditEvent(
                            first.tenant(),
                            first.actor(),
                            first.actingService(),
                            first.action(),
                            first.resource(),
                            first.decision(),
                            first.reason(),
                            first.policyVersion(),
                            first.revision(),
                            spooled.count(),
                            spooled.first(),
                            spooled.last(),
                            first.requestId(),
                            first.traceId(),
                            first.inputs())
                    .write();
        } catch (IOException e) {
            throw new UncheckedIOException("the spool holds an event that was not written by it", e);
        }
    }
}
