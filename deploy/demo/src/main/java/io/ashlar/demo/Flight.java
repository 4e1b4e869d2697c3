package io.ashlar.demo;

import java.time.Instant;

/**
 * One flight of the sample.
 *
 * @param row its place in the source file, from 0; makes the entity id
 * @param date scheduled departure
 * @param delayMinutes arrival delay, negative when early
 * @param distanceMiles great circle distance
 * @param origin IATA code
 * @param destination IATA code
 */
record Flight(long row, Instant date, long delayMinutes, long distanceMiles, String origin, String destination) {

    /** What the flights of a dataset have in common: {@code entity_prefix}. */
    static final String PREFIX = "flight:";

    String entityId() {
        return PREFIX + "%07d".formatted(row);
    }

    /** The telemetry record of this flight, one NDJSON line without its end. Codes are letters, nothing to escape. */
    String toTelemetryLine() {
        return """
                {"entity_id":"%s","event_at":"%s","attributes":{"date":"%s","delay":%d,"distance":%d,"origin":"%s","destination":"%s"}}""".formatted(entityId(), date, date, delayMinutes, distanceMiles, origin, destination);
    }
}
