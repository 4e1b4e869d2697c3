package io.ashlar.export.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.export.client.Export;
import io.ashlar.export.client.ExportState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An export as its row says.
 *
 * @param export what callers see
 * @param objectKey where its file is; null before success and after expiry
 * @param receipt its receipt, null before success
 */
record ExportRow(
        Export export, @Nullable String objectKey, @Nullable String receipt) {

    static final String COLUMNS = """
            id, state, spec ->> 'source' AS source, spec ->> 'format' AS format, priority, as_of, rows, bytes, attempts,
            error_code, error_detail, created_at, started_at, finished_at, expires_at, object_key, receipt
            """;

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ExportRow of(ResultSet row) throws SQLException {
        Export export = new Export(
                row.getObject("id", UUID.class),
                ExportState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("source"),
                row.getString("format"),
                Priority.of(row.getInt("priority")).wire(),
                json(row.getString("as_of")),
                row.getLong("rows"),
                row.getLong("bytes"),
                row.getInt("attempts"),
                failure(row.getString("error_code"), row.getString("error_detail")),
                String.valueOf(time(row, "created_at")),
                time(row, "started_at"),
                time(row, "finished_at"),
                time(row, "expires_at"));
        return new ExportRow(export, row.getString("object_key"), row.getString("receipt"));
    }

    private static Export.@Nullable Failure failure(@Nullable String code, @Nullable String detail) {
        return code == null ? null : new Export.Failure(code, detail == null ? "" : detail);
    }

    private static @Nullable String time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : MICROS.format(time);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a jsonb column holds JSON", e);
        }
    }
}
