package io.ashlar.ingest.event;

import java.util.List;

/**
 * One record of a chunk: what an entity was at an instant.
 *
 * @param index the record's place in the request that brought it, from 0; part of the identity of its rows
 * @param entityId at most {@link #MAX_ENTITY_ID_BYTES} bytes in UTF-8
 * @param eventAtMicros microseconds since 1970, when it was so, by the producer's word
 * @param values at least one
 */
public record TelemetryRecord(int index, String entityId, long eventAtMicros, List<TelemetryValue> values) {

    public static final int MAX_ENTITY_ID_BYTES = 128;

    public TelemetryRecord {
        if (index < 0) {
            throw new IllegalArgumentException("index " + index);
        }
        values = List.copyOf(values);
    }
}
