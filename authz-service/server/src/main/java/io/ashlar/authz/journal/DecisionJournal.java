package io.ashlar.authz.journal;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.audit.AuditShipper;
import io.ashlar.authz.audit.AuditSpool;
import io.ashlar.authz.audit.KafkaAuditSink;
import io.ashlar.authz.audit.SpoolFullException;
import io.ashlar.authz.audit.SpoolOptions;
import io.ashlar.authz.audit.SpoolRecord;
import io.ashlar.authz.audit.SpooledRecord;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.guard.request.RequestId;
import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.ingest.audit.AuditHeaders;
import io.ashlar.ingest.event.Topics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Records decisions: when {@link #record} has returned, the event survives the death of this process. Equal allows within the
 * merge window become one event. Thread-safe.
 */
@Singleton
public class DecisionJournal {

    private static final String SOURCE = "/ashlar/authz";

    private final AuditSpool spool;
    private final AuditShipper shipper;
    private final String process = UUID.randomUUID().toString();
    private final AtomicLong number = new AtomicLong();

    DecisionJournal(AuditConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.spool = AuditSpool.open(new SpoolOptions(
                config.directory(),
                config.segmentBytes(),
                config.segmentsMax(),
                config.patience(),
                config.mergeWindow()));
        Map<String, Object> extra = new HashMap<>(kafka);
        String bootstrap = String.valueOf(extra.remove("bootstrap.servers"));
        KafkaAuditSink sink = new KafkaAuditSink(bootstrap, Topics.AUDIT.name(), extra, DecisionJournal::counted);
        this.shipper = AuditShipper.start(spool, sink, config.drain());
    }

    /**
     * Records before the answer.
     *
     * @throws ProblemException {@code audit_unavailable} if there was no room in time: the caller must not go on
     */
    public void record(Decided decided) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        AuditEvent event = new AuditEvent(
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
                traceId(),
                decided.inputs());
        AuditHeaders headers =
                new AuditHeaders(process + '-' + number.incrementAndGet(), SOURCE, decided.tenant(), now);
        String key = decided.tenant() + "/" + decided.resourceType() + "::" + decided.resourceId();
        SpoolRecord record = new SpoolRecord(
                event.partition(), key.getBytes(StandardCharsets.UTF_8), headers.write(), event.write());
        try {
            spool.append(record, decided.allowed() ? decided.mergeKey() : null);
        } catch (SpoolFullException full) {
            throw new ProblemException(AuthzError.AUDIT_UNAVAILABLE, "the audit spool is full").retryAfter(1);
        }
    }

    /** Why nothing can be recorded for long; empty if all is well. */
    public Optional<String> trouble() {
        AuditSpool.State state = spool.state();
        String failure = shipper.failure();
        if (!shipper.running()) {
            return Optional.of("nothing is delivered any more: " + failure);
        }
        if (state.fill() > 0.95) {
            return Optional.of("the spool is full" + (failure == null ? "" : ", delivery fails: " + failure));
        }
        return Optional.empty();
    }

    /** What is in the spool. */
    public AuditSpool.State state() {
        return spool.state();
    }

    /** The event with what was counted while it lay in the spool. */
    private static byte[] counted(SpooledRecord spooled) {
        try {
            AuditEvent event = AuditEvent.read(spooled.record().body());
            return new AuditEvent(
                            event.tenant(),
                            event.actor(),
                            event.actingService(),
                            event.action(),
                            event.resource(),
                            event.decision(),
                            event.reason(),
                            event.policyVersion(),
                            event.revision(),
                            spooled.count(),
                            spooled.first(),
                            spooled.last(),
                            event.requestId(),
                            event.traceId(),
                            event.inputs())
                    .write();
        } catch (IOException e) {
            throw new UncheckedIOException("an event of the spool cannot be read", e);
        }
    }

    private static @Nullable String traceId() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }

    @PreDestroy
    void close() {
        shipper.close();
        spool.close();
    }
}
