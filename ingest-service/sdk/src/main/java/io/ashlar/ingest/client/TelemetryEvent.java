package io.ashlar.ingest.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One record to send.
 *
 * @param entityId at most 128 bytes in UTF-8
 * @param eventAt when it was so; cut to microseconds
 * @param attributes name to value: String, Boolean, Long or Integer, Double, Instant as RFC 3339 text, or null for "no more"
 */
public record TelemetryEvent(
        String entityId,
        Instant eventAt,
        @JsonInclude(content = JsonInclude.Include.ALWAYS) Map<String, Object> attributes) {

    public TelemetryEvent {
        // Not Map.copyOf: a null value has a meaning.
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
