package io.ashlar.ingest.audit;

import io.ashlar.ingest.event.EventTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an audit event: CloudEvents 1.0 in binary mode. The pair (source, id) names the event for ever, so that a
 * shipment repeated from a spool is recognised.
 *
 * @param id unique for its source
 * @param source the service that decided, {@code /ashlar/<service>}
 * @param tenant as in the body
 * @param time when the event was written
 */
public record AuditHeaders(
        String id, String source, @Nullable UUID tenant, Instant time) {

    /** The event type of an audit event. */
    public static final String TYPE = "io.ashlar.audit.decision.v1";

    /** Name to value, values in UTF-8 on the wire. */
    public Map<String, String> write() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", source);
        headers.put("ce_type", TYPE);
        headers.put("ce_time", EventTime.format(EventTime.microsOf(time)));
        headers.put("content-type", "application/json");
        if (tenant != null) {
            headers.put("tenant", tenant.toString());
        }
        return headers;
    }

    /** Reads headers; empty if they are not those of an audit event. Unknown names are ignored. */
    public static Optional<AuditHeaders> read(Map<String, String> headers) {
        String id = headers.get("ce_id");
        String source = headers.get("ce_source");
        if (id == null || source == null || !TYPE.equals(headers.get("ce_type"))) {
            return Optional.empty();
        }
        try {
            String tenant = headers.get("tenant");
            Instant time = EventTime.instantOf(EventTime.parse(headers.getOrDefault("ce_time", ""))
                    .orElseThrow(() -> new IllegalArgumentException("ce_time")));
            return Optional.of(new AuditHeaders(id, source, tenant == null ? null : UUID.fromString(tenant), time));
        } catch (IllegalArgumentException notAudit) {
            return Optional.empty();
        }
    }
}
