package io.ashlar.ingest.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Writes rows of {@code ingest.entity_values} in PostgreSQL's binary COPY format (documentation, "COPY", section "Binary
 * Format"): a tuple is a count of fields, then each as a length and its bytes, -1 for NULL, all big-endian. Instants are
 * microseconds since 2000-01-01. Not thread-safe; the bytes live until the next use.
 */
final class CopyBinary {

    static final String COLUMNS =
            "tenant_id, entity_id, attribute_id, v_string, v_bool, v_int64, v_double, v_timestamp, "
                    + "event_at, ingested_at, log_topic, log_partition, log_offset, record_index";

    private static final short FIELDS = 14;
    private static final int FIXED_BYTES = 160;
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;
    private static final byte[] HEADER = header();

    private ByteBuffer out = ByteBuffer.allocate(1 << 20);

    /** Begins anew. */
    void begin() {
        out.clear();
        out.put(HEADER);
    }

    /** Adds one row of a buffer. */
    void row(RowBuffer buffer, int row, short topic) {
        int telemetry = buffer.rowRecord[row];
        ChunkSpan span = buffer.chunkOf(telemetry);
        int text = buffer.kind[row] == RowBuffer.STRING ? (int) buffer.value[row] : 0;
        room(FIXED_BYTES + buffer.entityLength[telemetry] + text);
        UUID tenant = buffer.tenantOf(telemetry);
        out.putShort(FIELDS);
        out.putInt(16).putLong(tenant.getMostSignificantBits()).putLong(tenant.getLeastSignificantBits());
        out.putInt(buffer.entityLength[telemetry])
                .put(buffer.arena, buffer.entityFrom[telemetry], buffer.entityLength[telemetry]);
        out.putInt(4).putInt(buffer.attribute[row]);
        value(buffer, row);
        out.putInt(8).putLong(buffer.eventAt[telemetry] - POSTGRES_EPOCH_MICROS);
        out.putInt(8).putLong(span.ingestedAtMicros - POSTGRES_EPOCH_MICROS);
        out.putInt(2).putShort(topic);
        out.putInt(2).putShort((short) span.hold.partition());
        out.putInt(8).putLong(span.offset);
        out.putInt(4).putInt(buffer.index[telemetry]);
    }

    /** Ends; the bytes are {@link #bytes()} up to {@link #size()}. */
    void end() {
        room(2);
        out.putShort((short) -1);
    }

    byte[] bytes() {
        return out.array();
    }

    int size() {
        return out.position();
    }

    /** Five columns, of which at most one is not NULL. */
    private void value(RowBuffer buffer, int row) {
        long bits = buffer.value[row];
        byte kind = buffer.kind[row];
        nulls(kind == RowBuffer.NOTHING ? 5 : kind);
        if (kind == RowBuffer.NOTHING) {
            return;
        }
        if (kind == RowBuffer.STRING) {
            out.putInt((int) bits).put(buffer.arena, (int) (bits >>> 32), (int) bits);
        } else if (kind == RowBuffer.BOOL) {
            out.putInt(1).put((byte) bits);
        } else if (kind == RowBuffer.INT64 || kind == RowBuffer.DOUBLE) {
            out.putInt(8).putLong(bits);
        } else {
            out.putInt(8).putLong(bits - POSTGRES_EPOCH_MICROS);
        }
        nulls(4 - kind);
    }

    private void nulls(int count) {
        for (int i = 0; i < count; i++) {
            out.putInt(-1);
        }
    }

    private void room(int bytes) {
        if (out.remaining() < bytes) {
            int size = out.position();
            out = ByteBuffer.wrap(Arrays.copyOf(out.array(), Math.max(out.capacity() * 2, size + bytes)));
            out.position(size);
        }
    }

    private static byte[] header() {
        ByteBuffer header = ByteBuffer.allocate(19);
        header.put("PGCOPY\n".getBytes(StandardCharsets.US_ASCII));
        header.put((byte) 0xff).put((byte) '\r').put((byte) '\n').put((byte) 0);
        header.putInt(0).putInt(0);
        return header.array();
    }
}
