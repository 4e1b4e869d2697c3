package io.ashlar.ingest.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as objects, for consumers that are not in a hurry; the loader reads the bytes by {@link ChunkReader}.
 *
 * @param records in the order of the chunk
 */
public record TelemetryChunk(List<TelemetryRecord> records) {

    public TelemetryChunk {
        records = List.copyOf(records);
    }

    /**
     * Reads a chunk's body.
     *
     * @throws IOException if it is no chunk or holds a record that cannot be used
     */
    public static TelemetryChunk read(byte[] body) throws IOException {
        Collector collector = new Collector();
        ChunkReader.read(body, collector);
        if (collector.broken != null) {
            throw new IOException(collector.broken);
        }
        return new TelemetryChunk(collector.records);
    }

    private static final class Collector implements ChunkReader.Handler {
        private final List<TelemetryRecord> records = new ArrayList<>();
        private final List<TelemetryValue> values = new ArrayList<>();
        private int index;
        private String entityId = "";
        private long eventAt;
        private @Nullable String broken;

        @Override
        public void begin(int index, String entityId, long eventAtMicros) {
            this.index = index;
            this.entityId = entityId;
            this.eventAt = eventAtMicros;
            values.clear();
        }

        @Override
        public void text(int attributeId, char[] buffer, int from, int length) {
            values.add(new TelemetryValue.Text(attributeId, new String(buffer, from, length)));
        }

        @Override
        public void flag(int attributeId, boolean value) {
            values.add(new TelemetryValue.Flag(attributeId, value));
        }

        @Override
        public void int64(int attributeId, long value) {
            values.add(new TelemetryValue.Int64(attributeId, value));
        }

        @Override
        public void float64(int attributeId, double value) {
            values.add(new TelemetryValue.Float64(attributeId, value));
        }

        @Override
        public void moment(int attributeId, long micros) {
            values.add(new TelemetryValue.Moment(attributeId, micros));
        }

        @Override
        public void nothing(int attributeId) {
            values.add(new TelemetryValue.Nothing(attributeId));
        }

        @Override
        public void end() {
            records.add(new TelemetryRecord(index, entityId, eventAt, values));
        }

        @Override
        public void broken(int index, String reason) {
            broken = "record " + index + ": " + reason;
        }
    }
}
