package io.ashlar.ingest.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Rows in columns: primitive arrays that grow, and one arena for all texts in UTF-8. A record is a range of rows, a chunk a
 * range of records. Filled by the consumer thread, then handed whole to one lane. Not thread-safe.
 */
final class RowBuffer {

    /** What {@link #kind} holds: the value column that is not NULL, counted from 0, or none. */
    static final byte STRING = 0;

    static final byte BOOL = 1;
    static final byte INT64 = 2;
    static final byte DOUBLE = 3;
    static final byte TIMESTAMP = 4;
    static final byte NOTHING = 5;

    private static final int FIRST_RECORDS = 1_024;
    private static final int FIRST_ROWS = 8_192;

    private final List<UUID> tenants = new ArrayList<>();
    private final Map<UUID, Integer> tenantNumbers = new HashMap<>();
    private final List<ChunkSpan> chunks = new ArrayList<>();

    int records;
    int[] tenant = new int[FIRST_RECORDS];
    int[] chunk = new int[FIRST_RECORDS];
    int[] index = new int[FIRST_RECORDS];
    int[] entityFrom = new int[FIRST_RECORDS];
    int[] entityLength = new int[FIRST_RECORDS];
    int[] firstRow = new int[FIRST_RECORDS + 1];
    long[] eventAt = new long[FIRST_RECORDS];

    int rows;
    int[] rowRecord = new int[FIRST_ROWS];
    int[] attribute = new int[FIRST_ROWS];
    byte[] kind = new byte[FIRST_ROWS];
    /** int64, the bits of a double, 0 or 1, microseconds, or where a text stands: start above, length below 32 bits. */
    long[] value = new long[FIRST_ROWS];

    byte[] arena = new byte[64 * 1024];
    private int arenaSize;

    List<ChunkSpan> chunks() {
        return chunks;
    }

    ChunkSpan chunkOf(int record) {
        return chunks.get(chunk[record]);
    }

    UUID tenantOf(int record) {
        return tenants.get(tenant[record]);
    }

    List<UUID> tenants() {
        return tenants;
    }

    String entityOf(int record) {
        return new String(arena, entityFrom[record], entityLength[record], StandardCharsets.UTF_8);
    }

    String textOf(int row) {
        return new String(arena, (int) (value[row] >>> 32), (int) value[row], StandardCharsets.UTF_8);
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    void add(ChunkSpan span) {
        chunks.add(span);
    }

    int tenantNumber(UUID id) {
        Integer known = tenantNumbers.get(id);
        if (known != null) {
            return known;
        }
        tenants.add(id);
        tenantNumbers.put(id, tenants.size() - 1);
        return tenants.size() - 1;
    }

    void beginRecord(int tenantNumber, int recordIndex, String entityId, long eventAtMicros) {
        if (records == tenant.length) {
            growRecords();
        }
        tenant[records] = tenantNumber;
        chunk[records] = chunks.size();
        index[records] = recordIndex;
        eventAt[records] = eventAtMicros;
        byte[] utf8 = entityId.getBytes(StandardCharsets.UTF_8);
        entityFrom[records] = arenaSize;
        entityLength[records] = utf8.length;
        room(utf8.length);
        System.arraycopy(utf8, 0, arena, arenaSize, utf8.length);
        arenaSize += utf8.length;
        firstRow[records] = rows;
    }

    /** Keeps the record begun last. */
    void endRecord() {
        records++;
        firstRow[records] = rows;
    }

    /** Forgets the record begun last. */
    void dropRecord() {
        rows = firstRow[records];
        arenaSize = entityFrom[records];
    }

    /** Forgets all records from this one on. */
    void dropFrom(int record) {
        if (record < records) {
            records = record;
            dropRecord();
        }
    }

    void row(int attributeId, byte kindCode, long bits) {
        if (rows == attribute.length) {
            growRows();
        }
        rowRecord[rows] = records;
        attribute[rows] = attributeId;
        kind[rows] = kindCode;
        value[rows] = bits;
        rows++;
    }

    void textRow(int attributeId, char[] text, int from, int length) {
        int start = arenaSize;
        room(length * 3);
        for (int at = from; at < from + length; at++) {
            char c = text[at];
            if (c < 0x80) {
                arena[arenaSize++] = (byte) c;
            } else if (Character.isHighSurrogate(c)
                    && at + 1 < from + length
                    && Character.isLowSurrogate(text[at + 1])) {
                int point = Character.toCodePoint(c, text[++at]);
                arena[arenaSize++] = (byte) (0xf0 | (point >> 18));
                arena[arenaSize++] = (byte) (0x80 | ((point >> 12) & 0x3f));
                arena[arenaSize++] = (byte) (0x80 | ((point >> 6) & 0x3f));
                arena[arenaSize++] = (byte) (0x80 | (point & 0x3f));
            } else if (c < 0x800) {
                arena[arenaSize++] = (byte) (0xc0 | (c >> 6));
                arena[arenaSize++] = (byte) (0x80 | (c & 0x3f));
            } else {
                // A lone surrogate becomes what UTF-8 encoders write for it.
                char point = Character.isSurrogate(c) ? '\ufffd' : c;
                arena[arenaSize++] = (byte) (0xe0 | (point >> 12));
                arena[arenaSize++] = (byte) (0x80 | ((point >> 6) & 0x3f));
                arena[arenaSize++] = (byte) (0x80 | (point & 0x3f));
            }
        }
        row(attributeId, STRING, ((long) start << 32) | (arenaSize - start));
    }

    private void room(int bytes) {
        if (arena.length - arenaSize < bytes) {
            arena = Arrays.copyOf(arena, Math.max(arena.length * 2, arenaSize + bytes));
        }
    }

    private void growRecords() {
        int size = tenant.length * 2;
        tenant = Arrays.copyOf(tenant, size);
        chunk = Arrays.copyOf(chunk, size);
        index = Arrays.copyOf(index, size);
        entityFrom = Arrays.copyOf(entityFrom, size);
        entityLength = Arrays.copyOf(entityLength, size);
        firstRow = Arrays.copyOf(firstRow, size + 1);
        eventAt = Arrays.copyOf(eventAt, size);
    }

    private void growRows() {
        int size = attribute.length * 2;
        rowRecord = Arrays.copyOf(rowRecord, size);
        attribute = Arrays.copyOf(attribute, size);
        kind = Arrays.copyOf(kind, size);
        value = Arrays.copyOf(value, size);
    }
}
