package io.ashlar.ingest.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.audit.AuditShipper;
import io.ashlar.authz.audit.AuditSpool;
import io.ashlar.authz.audit.KafkaAuditSink;
import io.ashlar.authz.audit.SpoolException;
import io.ashlar.authz.audit.SpoolFullException;
import io.ashlar.authz.audit.SpoolOptions;
import io.ashlar.authz.audit.SpoolRecord;
import io.ashlar.authz.audit.SpooledRecord;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.RequestIds;
import io.ashlar.authz.client.Decision;
import io.ashlar.authz.client.DecisionRecorder;
import io.ashlar.authz.client.Evaluation;
import io.ashlar.authz.client.EvaluationJson;
import io.ashlar.authz.client.RecordedInputs;
import io.ashlar.ingest.event.Topics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A process's own part of the audit log: what was recorded lies in its spool, survives {@code kill -9}, and is shipped to
 * {@link Topics#AUDIT} in order, at least once, each event with an id of its own. Equal allows within the spool's merge window
 * are one event with a count; denials are never merged. Thread-safe; one per directory.
 */
public final class AuditLog implements AutoCloseable {

    private static final double FULL = 0.95;

    private final String source;
    private final AuditSpool spool;
    private final AuditShipper shipper;
    private final String process = UUID.randomUUID().toString();
    private final AtomicLong number = new AtomicLong();

    private AuditLog(String service, AuditSpool spool, AuditShipper shipper) {
        this.source = "/ashlar/" + service;
        this.spool = spool;
        this.shipper = shipper;
    }

    /**
     * Opens the spool with whatever an earlier process left in it, and starts shipping.
     *
     * @param service the name of the process in the log
     * @param kafka client settings, {@code bootstrap.servers} at least
     * @param drain how long {@link #close} waits for delivery
     * @throws SpoolException if another process holds the directory or a file is damaged
     */
    public static AuditLog open(String service, SpoolOptions options, Map<String, Object> kafka, Duration drain) {
        Map<String, Object> settings = new HashMap<>(kafka);
        Object bootstrap = settings.remove("bootstrap.servers");
        if (bootstrap == null) {
            throw new IllegalArgumentException("an audit log needs bootstrap.servers");
        }
        AuditSpool spool = AuditSpool.open(options);
        KafkaAuditSink sink =
                new KafkaAuditSink(bootstrap.toString(), Topics.AUDIT.name(), settings, AuditLog::counted);
        return new AuditLog(service, spool, AuditShipper.start(spool, sink, drain));
    }

    /**
     * Records one event, or counts it into an equal one.
     *
     * @param event with a count of one
     * @throws SpoolFullException if there was no room in time: what could not be recorded must not be allowed
     * @throws SpoolException if nothing can be written
     */
    public void record(AuditEvent event) {
        @Nullable String mergeKey = mergeKey(event);
        if (mergeKey == null || !spool.merge(mergeKey)) {
            spool.append(spoolRecord(event), mergeKey);
        }
    }

    /**
     * The same for a thread that must not wait.
     *
     * @return false if there is no room now, and nothing was recorded
     * @throws SpoolException if nothing can be written
     */
    public boolean offer(AuditEvent event) {
        @Nullable String mergeKey = mergeKey(event);
        return (mergeKey != null && spool.merge(mergeKey)) || spool.offer(spoolRecord(event), mergeKey);
    }

    private static @Nullable String mergeKey(AuditEvent event) {
        return event.decision() == AuditEvent.Decision.ALLOW ? event.mergeKey() : null;
    }

    private SpoolRecord spoolRecord(AuditEvent event) {
        AuditHeaders headers =
                new AuditHeaders(process + '-' + number.incrementAndGet(), source, event.tenant(), event.firstAt());
        String key = event.tenant() + "/" + event.resource().type() + "::"
                + event.resource().id();
        return new SpoolRecord(event.partition(), key.getBytes(StandardCharsets.UTF_8), headers.write(), event.write());
    }

    /**
     * Records what is decided in this process.
     *
     * @param service who asks for users; the events' acting service
     */
    public DecisionRecorder decisions(String service) {
        return (user, question, decision) -> record(event(service, user, question, decision));
    }

    /** The present trace, 32 hexadecimal digits. */
    public static @Nullable String traceId() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }

    /** Why nothing can be recorded for long; empty if all is well. */
    public Optional<String> trouble() {
        String failure = shipper.failure();
        if (!shipper.running()) {
            return Optional.of("nothing is delivered any more: " + failure);
        }
        if (spool.state().fill() > FULL) {
            return Optional.of("the spool is full" + (failure == null ? "" : ", delivery fails: " + failure));
        }
        return Optional.empty();
    }

    /** What is in the spool. */
    public AuditSpool.State state() {
        return spool.state();
    }

    /** Delivers what is there, as long as it was told to wait; the rest stays for the next process. */
    @Override
    public void close() {
        shipper.close();
        spool.close();
    }

    private static AuditEvent event(String service, OnBehalfOf user, Evaluation question, Decision decision) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        ObjectNode inputs = RecordedInputs.of(EvaluationJson.write(question));
        return new AuditEvent(
                user.tenant(),
                user.subject(),
                service,
                question.action(),
                new AuditEvent.Resource(
                        question.resource().type(), question.resource().id()),
                decision.allowed() ? AuditEvent.Decision.ALLOW : AuditEvent.Decision.DENY,
                String.join(",", decision.reasons()),
                Math.max(0, decision.policyVersion()),
                Math.max(0, decision.revision()),
                1,
                now,
                now,
                RequestIds.current(),
                traceId(),
                inputs);
    }

    /** The event with what was counted while it lay in the spool. */
    private static byte[] counted(SpooledRecord spooled) {
        byte[] body = spooled.record().body();
        if (spooled.count() == 1) {
            return body;
        }
        try {
            return AuditEvent.read(body)
                    .counted(spooled.count(), spooled.first(), spooled.last())
                    .write();
        } catch (IOException e) {
            throw new UncheckedIOException("the spool holds an event that was not written by it", e);
        }
    }
}
