package io.ashlar.router.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ashlar.filter.dsl.Column;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Statement;
import io.ashlar.router.RouterError;
import io.ashlar.router.client.Fresh;
import io.ashlar.router.flight.Outcome;
import io.ashlar.router.flight.Proof;
import io.ashlar.router.flight.SqlStates;
import io.ashlar.router.rows.RowJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One stream as NDJSON: header, rows, trailer. For one thread. */
final class StreamWriter {

    private static final Logger LOG = Logger.getLogger(StreamWriter.class);

    private final OutputStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private final JsonGenerator json;
    private final MessageDigest digest = sha256();
    private long rows;

    StreamWriter(OutputStream out) throws IOException {
        this.out = out;
        this.json = RowJson.to(line);
    }

    /** Mints the token that a proof stands for. */
    @FunctionalInterface
    interface Minter {
        String of(Proof proof);
    }

    /**
     * Everything, at the pace of {@link #out}.
     *
     * @throws IOException if the reader is gone
     */
    void write(OpenStream stream, Fresh fresh, Statement statement, Minter minter) throws IOException {
        header(fresh, statement);
        Proof second;
        try {
            ResultSet cursor = stream.rows();
            List<Column> columns = statement.columns();
            while (cursor.next()) {
                row(cursor, columns, statement.released());
                stream.progressed();
            }
            second = stream.finish();
        } catch (SQLException e) {
            LOG.warnf(
                    "event=stream_failed node=%s sqlstate=%s rows=%d",
                    stream.node().name(), e.getSQLState(), rows);
            trailer(null, code(e));
            return;
        }
        if (!stream.demand().isTenant(second)) {
            trailer(null, RouterError.TENANT_SETTING_LOST.code());
            return;
        }
        // A standby that was promoted meanwhile stands on another timeline now: what it had at first still holds.
        trailer(minter.of(second.inRecovery() == stream.first().inRecovery() ? second : stream.first()), null);
    }

    private void header(Fresh fresh, Statement statement) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("header");
        json.writeArrayFieldStart("fields");
        for (Column column : statement.columns().subList(0, statement.released())) {
            json.writeStartObject();
            json.writeStringField("name", column.name());
            json.writeStringField("type", column.type().wire());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("source", fresh.source());
        json.writeNumberField("lag_ms", fresh.lagMs());
        json.writeStringField("consistency", fresh.consistency());
        json.writeStringField("reason", fresh.reason());
        json.writeEndObject();
        json.writeEndObject();
        end();
    }

    private void row(ResultSet cursor, List<Column> columns, int released) throws IOException, SQLException {
        json.writeStartArray();
        for (int i = 0; i < released; i++) {
            RowJson.write(json, value(cursor, i + 1, columns.get(i).type()));
        }
        json.writeEndArray();
        json.flush();
        line.write('\n');
        byte[] bytes = line.toByteArray();
        line.reset();
        digest.update(bytes);
        out.write(bytes);
        rows++;
    }

    private void trailer(@Nullable String token, @Nullable String code) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("trailer");
        json.writeBooleanField("complete", code == null);
        json.writeNumberField("rows", rows);
        json.writeStringField("digest", "sha256:" + HexFormat.of().formatHex(digest.digest()));
        if (token != null) {
            json.writeStringField("token", token);
        }
        if (code != null) {
            json.writeStringField("code", code);
        }
        json.writeEndObject();
        json.writeEndObject();
        end();
        out.flush();
    }

    private void end() throws IOException {
        json.flush();
        line.write('\n');
        line.writeTo(out);
        line.reset();
    }

    private static @Nullable Object value(ResultSet cursor, int column, FieldType type) throws SQLException {
        Object value =
                switch (type) {
                    case STRING, TEXT, ENUM -> cursor.getString(column);
                    case BOOL -> cursor.getBoolean(column);
                    case INT64, MONEY -> cursor.getLong(column);
                    case DECIMAL -> cursor.getBigDecimal(column);
                    case DOUBLE -> cursor.getDouble(column);
                    case TIMESTAMP -> cursor.getObject(column, OffsetDateTime.class);
                    case DATE -> cursor.getObject(column, LocalDate.class);
                    case UUID -> cursor.getObject(column, UUID.class);
                    case STRINGS -> {
                        Array texts = cursor.getArray(column);
                        yield texts == null ? null : texts.getArray();
                    }
                };
        return cursor.wasNull() ? null : value;
    }

    private static String code(SQLException failure) {
        Outcome<Void> outcome = SqlStates.outcome(failure.getSQLState());
        if (outcome instanceof Outcome.TimedOut) {
            return RouterError.STATEMENT_TIMEOUT.code();
        }
        return outcome instanceof Outcome.Refused
                ? RouterError.QUERY_FAILED.code()
                : RouterError.STORE_UNAVAILABLE.code();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the runtime has no SHA-256", e);
        }
    }
}
