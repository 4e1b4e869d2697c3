package io.ashlar.ingest.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts records into chunks of at most {@link #MAX_BYTES}, in their order. A boundary depends on the records alone, never on
 * time or on other requests: the same batch gives the same chunks again, which is what makes a repeated chunk recognisable.
 *
 * <p>A chunk is {@code {"records":[{"i":0,"entity_id":"flight:1","event_at":"…Z","attributes":{"3":{"i":12},"4":null}}]}},
 * the attribute by its number, the value under the letter of its kind ({@link AttributeKind#tag()}). Not thread-safe.
 */
public final class ChunkWriter {

    /** Bytes of a chunk's body. The broker's limit is 1 MiB with headers. */
    public static final int MAX_BYTES = 900 * 1024;

    /** One written chunk. */
    public static final class Chunk {
        private final byte[] body;
        private final int records;

        private Chunk(byte[] body, int records) {
            this.body = body;
            this.records = records;
        }

        /** The bytes; not to be changed. */
        public byte[] body() {
            return body;
        }

        /** How many records it holds. */
        public int records() {
            return records;
        }
    }

    private static final byte[] HEAD = "{\"records\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAIL = "]}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST_CAPACITY = 4 * 1024;

    private final List<Chunk> done = new ArrayList<>();
    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int size;
    private int count;

    /**
     * Adds a record.
     *
     * @throws IllegalArgumentException if it alone is larger than a chunk
     */
    public void add(TelemetryRecord telemetry) {
        int before = size;
        if (count == 0) {
            raw(HEAD);
        } else {
            one(',');
        }
        write(telemetry);
        if (size + TAIL.length > MAX_BYTES) {
            if (count == 0) {
                size = 0;
                throw new IllegalArgumentException("record " + telemetry.index() + " is larger than a chunk");
            }
            size = before;
            close();
            add(telemetry);
            return;
        }
        count++;
    }

    /** The chunks of what was added; the writer is empty afterwards. */
    public List<Chunk> finish() {
        if (count > 0) {
            close();
        }
        List<Chunk> chunks = List.copyOf(done);
        done.clear();
        return chunks;
    }

    /** Bytes of one record as it is written in a chunk. */
    public static int sizeOf(TelemetryRecord telemetry) {
        ChunkWriter writer = new ChunkWriter();
        writer.write(telemetry);
        return writer.size;
    }

    private void close() {
        raw(TAIL);
        done.add(new Chunk(Arrays.copyOf(buffer, size), count));
        size = 0;
        count = 0;
    }

    private void write(TelemetryRecord telemetry) {
        ascii("{\"i\":");
        ascii(Integer.toString(telemetry.index()));
        ascii(",\"entity_id\":");
        quoted(telemetry.entityId());
        ascii(",\"event_at\":\"");
        ascii(EventTime.format(telemetry.eventAtMicros()));
        ascii("\",\"attributes\":{");
        boolean first = true;
        for (TelemetryValue value : telemetry.values()) {
            if (!first) {
                one(',');
            }
            first = false;
            one('"');
            ascii(Integer.toString(value.attributeId()));
            ascii("\":");
            value(value);
        }
        ascii("}}");
    }

    private void value(TelemetryValue value) {
        switch (value) {
            case TelemetryValue.Text text -> {
                tag(AttributeKind.STRING);
                quoted(text.value());
                one('}');
            }
            case TelemetryValue.Flag flag -> {
                tag(AttributeKind.BOOL);
                ascii(flag.value() ? "true}" : "false}");
            }
            case TelemetryValue.Int64 number -> {
                tag(AttributeKind.INT64);
                ascii(Long.toString(number.value()));
                one('}');
            }
            case TelemetryValue.Float64 number -> {
                tag(AttributeKind.DOUBLE);
                ascii(Double.toString(number.value()));
                one('}');
            }
            case TelemetryValue.Moment moment -> {
                tag(AttributeKind.TIMESTAMP);
                one('"');
                ascii(EventTime.format(moment.micros()));
                ascii("\"}");
            }
            case TelemetryValue.Nothing nothing -> ascii("null");
        }
    }

    private void tag(AttributeKind kind) {
        ascii("{\"");
        ascii(kind.tag());
        ascii("\":");
    }

    private void quoted(String text) {
        one('"');
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(utf8.length * 6);
        for (byte b : utf8) {
            if (b == '"' || b == '\\') {
                buffer[size++] = '\\';
                buffer[size++] = b;
            } else if (b >= 0 && b < 0x20) {
                buffer[size++] = '\\';
                buffer[size++] = 'u';
                buffer[size++] = '0';
                buffer[size++] = '0';
                buffer[size++] = HEX[b >> 4];
                buffer[size++] = HEX[b & 15];
            } else {
                buffer[size++] = b;
            }
        }
        one('"');
    }

    private void ascii(String text) {
        room(text.length());
        for (int at = 0; at < text.length(); at++) {
            buffer[size++] = (byte) text.charAt(at);
        }
    }

    private void raw(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private void one(char c) {
        room(1);
        buffer[size++] = (byte) c;
    }

    private void room(int bytes) {
        if (buffer.length - size < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
        }
    }
}
