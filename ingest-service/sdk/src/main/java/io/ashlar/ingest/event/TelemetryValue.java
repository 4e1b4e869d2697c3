package io.ashlar.ingest.event;

/** The value of one attribute in one record. */
public sealed interface TelemetryValue {

    /** The attribute's number in {@code ingest.attributes}. */
    int attributeId();

    record Text(int attributeId, String value) implements TelemetryValue {}

    record Flag(int attributeId, boolean value) implements TelemetryValue {}

    record Int64(int attributeId, long value) implements TelemetryValue {}

    /** Finite: JSON has no other. */
    record Float64(int attributeId, double value) implements TelemetryValue {
        public Float64 {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("not finite");
            }
        }
    }

    /** Microseconds since 1970. */
    record Moment(int attributeId, long micros) implements TelemetryValue {}

    /** The producer says that there is no value any more. */
    record Nothing(int attributeId) implements TelemetryValue {}
}
