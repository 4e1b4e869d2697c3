package io.ashlar.ingest.accept;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.ingest.IngestError;
import io.ashlar.ingest.attribute.DeclaredAttribute;
import io.ashlar.ingest.event.ChunkWriter;
import io.ashlar.ingest.event.EventTime;
import io.ashlar.ingest.event.TelemetryRecord;
import io.ashlar.ingest.event.TelemetryValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record and names everything that is wrong with it; pointers are into the record. Keeps what it reads of one record
 * only. Not thread-safe.
 */
final class RecordReader {

    private final Map<String, DeclaredAttribute> attributes;
    private final AcceptConfig limits;
    private final List<Fault> faults = new ArrayList<>();
    private final List<TelemetryValue> values = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private @Nullable String entityId;
    private OptionalLong eventAt = OptionalLong.empty();
    private boolean tooMany;

    RecordReader(Map<String, DeclaredAttribute> attributes, AcceptConfig limits) {
        this.attributes = attributes;
        this.limits = limits;
    }

    /** The record, or null if {@link #faults()} has something; the parser stands on its first token and then on its last. */
    @Nullable TelemetryRecord read(JsonParser parser, int index) throws IOException {
        faults.clear();
        values.clear();
        entityId = null;
        eventAt = OptionalLong.empty();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            fault(IngestError.WRONG_TYPE, "", "a record is an object");
            parser.skipChildren();
            return null;
        }
        Set<String> members = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (!members.add(name)) {
                fault(IngestError.DUPLICATE_FIELD, pointer(name), "the member appears twice");
                parser.skipChildren();
                continue;
            }
            switch (name) {
                case "entity_id" -> entityId(parser);
                case "event_at" -> eventAt(parser);
                case "attributes" -> attributes(parser);
                default -> {
                    fault(new Fault(
                            IngestError.UNKNOWN_FIELD.code(),
                            pointer(name),
                            "a record has no such member",
                            List.of("entity_id", "event_at", "attributes"),
                            null));
                    parser.skipChildren();
                }
            }
        }
        for (String name : List.of("entity_id", "event_at", "attributes")) {
            if (!members.contains(name)) {
                fault(IngestError.REQUIRED, "/" + name, "the member is missing");
            }
        }
        return whole(index);
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    private @Nullable TelemetryRecord whole(int index) {
        String entity = entityId;
        if (!faults.isEmpty() || entity == null || eventAt.isEmpty()) {
            return null;
        }
        TelemetryRecord telemetry = new TelemetryRecord(index, entity, eventAt.getAsLong(), values);
        if (ChunkWriter.sizeOf(telemetry) > limits.recordBytesMax()) {
            fault(IngestError.RECORD_TOO_LARGE, "", "a record has at most " + limits.recordBytesMax() + " bytes");
            return null;
        }
        return telemetry;
    }

    private void entityId(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            fault(IngestError.WRONG_TYPE, "/entity_id", "a string is expected");
            parser.skipChildren();
            return;
        }
        String text = parser.getText();
        if (text.isEmpty()) {
            fault(IngestError.REQUIRED, "/entity_id", "the entity id is empty");
        } else if (text(text, "/entity_id", TelemetryRecord.MAX_ENTITY_ID_BYTES)) {
            entityId = text;
        }
    }

    private void eventAt(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            fault(IngestError.WRONG_TYPE, "/event_at", "an RFC 3339 instant as a string is expected");
            parser.skipChildren();
            return;
        }
        eventAt = EventTime.parse(parser.getText());
        if (eventAt.isEmpty()) {
            fault(IngestError.INVALID_FORMAT, "/event_at", "not an RFC 3339 instant of the years 1600 to 9999");
        }
    }

    private void attributes(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            fault(IngestError.WRONG_TYPE, "/attributes", "an object is expected");
            parser.skipChildren();
            return;
        }
        seen.clear();
        tooMany = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (seen.size() >= limits.attributesMax()) {
                tooMany = true;
                parser.skipChildren();
                continue;
            }
            DeclaredAttribute attribute = attributes.get(name);
            String at = "/attributes" + pointer(name);
            if (!seen.add(name)) {
                fault(IngestError.DUPLICATE_FIELD, at, "the attribute appears twice");
            } else if (attribute == null) {
                fault(IngestError.ATTRIBUTE_UNKNOWN, at, "the attribute is not declared");
            } else {
                value(parser, token, attribute, at);
            }
            parser.skipChildren();
        }
        if (tooMany) {
            fault(IngestError.TOO_MANY_ATTRIBUTES, "/attributes", "at most " + limits.attributesMax() + " attributes");
        } else if (seen.isEmpty()) {
            fault(IngestError.REQUIRED, "/attributes", "at least one attribute is expected");
        }
    }

    private void value(JsonParser parser, JsonToken token, DeclaredAttribute attribute, String at) throws IOException {
        int id = attribute.attributeId();
        if (token == JsonToken.VALUE_NULL) {
            values.add(new TelemetryValue.Nothing(id));
            return;
        }
        switch (attribute.kind()) {
            case STRING -> {
                if (is(token == JsonToken.VALUE_STRING, attribute, at)
                        && text(parser.getText(), at, limits.textBytesMax())) {
                    values.add(new TelemetryValue.Text(id, parser.getText()));
                }
            }
            case BOOL -> {
                if (is(token.isBoolean(), attribute, at)) {
                    values.add(new TelemetryValue.Flag(id, token == JsonToken.VALUE_TRUE));
                }
            }
            case INT64 -> {
                if (is(token == JsonToken.VALUE_NUMBER_INT, attribute, at)) {
                    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                        fault(IngestError.OUT_OF_RANGE, at, "not within 64 bits");
                    } else {
                        values.add(new TelemetryValue.Int64(id, parser.getLongValue()));
                    }
                }
            }
            case DOUBLE -> {
                if (is(token.isNumeric(), attribute, at)) {
                    double number = parser.getDoubleValue();
                    if (Double.isFinite(number)) {
                        values.add(new TelemetryValue.Float64(id, number));
                    } else {
                        fault(IngestError.OUT_OF_RANGE, at, "not within a double");
                    }
                }
            }
            case TIMESTAMP -> {
                if (is(token == JsonToken.VALUE_STRING, attribute, at)) {
                    OptionalLong micros = EventTime.parse(parser.getText());
                    if (micros.isPresent()) {
                        values.add(new TelemetryValue.Moment(id, micros.getAsLong()));
                    } else {
                        fault(IngestError.INVALID_FORMAT, at, "not an RFC 3339 instant of the years 1600 to 9999");
                    }
                }
            }
        }
    }

    private boolean is(boolean fits, DeclaredAttribute attribute, String at) {
        if (!fits) {
            fault(
                    IngestError.ATTRIBUTE_KIND_MISMATCH,
                    at,
                    "the attribute is " + attribute.kind().wire());
        }
        return fits;
    }

    /** Whether a text can be stored as it is: bounded, well-formed Unicode, no NUL, which PostgreSQL has no place for. */
    private boolean text(String text, String at, int bytesMax) {
        if (text.length() > bytesMax || text.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
            fault(IngestError.TOO_LONG, at, "at most " + bytesMax + " bytes in UTF-8");
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                fault(IngestError.INVALID_FORMAT, at, "NUL and lone surrogates cannot be stored");
                return false;
            }
            if (pair) {
                i++;
            }
        }
        return true;
    }

    private void fault(IngestError code, String pointer, String detail) {
        fault(new Fault(code.code(), pointer, detail));
    }

    private void fault(Fault fault) {
        if (faults.size() < limits.faultsMax()) {
            faults.add(fault);
        }
    }

    /** RFC 6901; a name of any length is cut, since it was not ours to choose. */
    private static String pointer(String name) {
        String cut = name.length() > 128 ? name.substring(0, 128) : name;
        return "/" + cut.replace("~", "~0").replace("/", "~1");
    }
}
