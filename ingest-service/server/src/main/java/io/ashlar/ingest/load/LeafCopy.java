package io.ashlar.ingest.load;

import io.ashlar.ingest.event.EventTime;
import io.ashlar.ingest.event.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * COPY BINARY of records into the leaf of the month in which the broker appended them. Into the leaf, since PostgreSQL refuses
 * COPY into a table under row-level security. Not thread-safe.
 */
final class LeafCopy {

    private static final short TOPIC = (short) Topics.TELEMETRY.number();

    private final CopyBinary binary = new CopyBinary();

    void copy(Connection connection, RowBuffer buffer, int[] telemetry) throws SQLException {
        Map<YearMonth, int[]> byMonth = byMonth(buffer, telemetry);
        for (Map.Entry<YearMonth, int[]> month : byMonth.entrySet()) {
            copyMonth(connection, buffer, month.getKey(), month.getValue());
        }
    }

    private void copyMonth(Connection connection, RowBuffer buffer, YearMonth month, int[] telemetry)
            throws SQLException {
        int count = 0;
        for (int one : telemetry) {
            count += buffer.firstRow[one + 1] - buffer.firstRow[one];
        }
        int[] rows = new int[count];
        int at = 0;
        for (int one : telemetry) {
            for (int row = buffer.firstRow[one]; row < buffer.firstRow[one + 1]; row++) {
                rows[at++] = row;
            }
        }
        RowOrder.sort(buffer, rows, count);
        binary.begin();
        for (int row : rows) {
            binary.row(buffer, row, TOPIC);
        }
        binary.end();
        write(connection, month, binary.bytes(), binary.size());
    }

    /** Sends what {@link CopyBinary} encoded to the month's leaf. */
    static void write(Connection connection, YearMonth month, byte[] encoded, int size) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement(month));
        try {
            copy.writeToCopy(encoded, 0, size);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** The only part that varies is a month's six digits. */
    private static String statement(YearMonth month) {
        return "COPY ingest.entity_values_%04d%02d (%s) FROM STDIN WITH (FORMAT binary)"
                .formatted(month.getYear(), month.getMonthValue(), CopyBinary.COLUMNS);
    }

    static YearMonth monthOf(long micros) {
        return YearMonth.from(EventTime.instantOf(micros).atOffset(ZoneOffset.UTC));
    }

    private static Map<YearMonth, int[]> byMonth(RowBuffer buffer, int[] telemetry) {
        Map<YearMonth, int[]> byMonth = new TreeMap<>();
        int from = 0;
        YearMonth current = null;
        ChunkSpan span = null;
        for (int at = 0; at < telemetry.length; at++) {
            ChunkSpan next = buffer.chunkOf(telemetry[at]);
            if (next == span) {
                continue;
            }
            span = next;
            YearMonth month = monthOf(next.ingestedAtMicros);
            if (current != null && !month.equals(current)) {
                byMonth.merge(current, Arrays.copyOfRange(telemetry, from, at), LeafCopy::concat);
                from = at;
            }
            current = month;
        }
        if (current != null) {
            byMonth.merge(current, Arrays.copyOfRange(telemetry, from, telemetry.length), LeafCopy::concat);
        }
        return byMonth;
    }

    private static int[] concat(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
