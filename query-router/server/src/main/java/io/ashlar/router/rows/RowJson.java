package io.ashlar.router.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.vertx.sqlclient.data.Numeric;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes single values. Thread-safe. */
public final class RowJson {

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .rootValueSeparator("")
            .build();
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private RowJson() {}

    /** A generator that leaves the stream open. */
    public static JsonGenerator to(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    /**
     * One value.
     *
     * @throws IllegalArgumentException for a class that no field type has
     */
    public static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Long whole -> json.writeNumber(whole);
            case Integer whole -> json.writeNumber(whole);
            case Short whole -> json.writeNumber(whole);
            case BigDecimal exact -> json.writeNumber(exact);
            case Double real -> real(json, real);
            case Boolean flag -> json.writeBoolean(flag);
            case OffsetDateTime instant ->
                json.writeString(MICROS.format(instant.withOffsetSameInstant(ZoneOffset.UTC)));
            case LocalDate date -> json.writeString(date.toString());
            case UUID uuid -> json.writeString(uuid.toString());
            case Numeric numeric -> numeric(json, numeric);
            case String[] texts -> json.writeArray(texts, 0, texts.length);
            default -> throw new IllegalArgumentException("no field is a " + value.getClass());
        }
    }

    /** JSON has no name for these; a string is read back by the store. */
    private static void real(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    private static void numeric(JsonGenerator json, Numeric value) throws IOException {
        BigDecimal exact = value.isNaN() ? null : value.bigDecimalValue();
        if (exact == null) {
            json.writeString("NaN");
        } else {
            json.writeNumber(exact);
        }
    }
}
