package io.ashlar.ingest.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chunk's body without an object per value: the loader's hot path. A record with an unusable part is told as
 * {@link Handler#broken} and the rest goes on; members that a later version may add are skipped. Thread-safe.
 */
public final class ChunkReader {

    /** Hears of records in the order of the chunk. Values of a record that turns out broken were told before. */
    public interface Handler {
        /** A record begins. */
        void begin(int index, String entityId, long eventAtMicros);

        /** A text, as a part of a buffer that is reused. */
        void text(int attributeId, char[] buffer, int from, int length);

        void flag(int attributeId, boolean value);

        void int64(int attributeId, long value);

        void float64(int attributeId, double value);

        /** Microseconds since 1970. */
        void moment(int attributeId, long micros);

        void nothing(int attributeId);

        /** The record begun last is whole. */
        void end();

        /** The record cannot be used; {@code index} is -1 if even that is not known. */
        void broken(int index, String reason);
    }

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(ChunkWriter.MAX_BYTES)
                    .maxNestingDepth(16)
                    .maxNumberLength(64)
                    .build())
            .build();

    private ChunkReader() {}

    /**
     * Reads a whole body.
     *
     * @throws IOException if the body is no chunk; some records may have been told
     */
    public static void read(byte[] body, Handler handler) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            boolean seen = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean records = parser.currentName().equals("records");
                JsonToken token = parser.nextToken();
                if (!records) {
                    parser.skipChildren();
                    continue;
                }
                seen = true;
                expect(token, JsonToken.START_ARRAY);
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    record(parser, handler);
                }
                expect(parser.currentToken(), JsonToken.END_ARRAY);
            }
            expect(parser.currentToken(), JsonToken.END_OBJECT);
            if (!seen || parser.nextToken() != null) {
                throw new IOException("not one object with records");
            }
        }
    }

    private static void record(JsonParser parser, Handler handler) throws IOException {
        int index = -1;
        String entityId = null;
        long eventAt = Long.MIN_VALUE;
        boolean attributes = false;
        String broken = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "i" -> index = token == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : -1;
                case "entity_id" -> entityId = token == JsonToken.VALUE_STRING ? parser.getText() : null;
                case "event_at" ->
                    eventAt = token == JsonToken.VALUE_STRING
                            ? EventTime.parse(parser.getText()).orElse(Long.MIN_VALUE)
                            : Long.MIN_VALUE;
                case "attributes" -> {
                    if (index < 0 || entityId == null || eventAt == Long.MIN_VALUE || token != JsonToken.START_OBJECT) {
                        // Written first by every writer; without them there is no row to build.
                        broken = "i, entity_id or event_at is missing, unusable or after the attributes";
                        parser.skipChildren();
                    } else {
                        handler.begin(index, entityId, eventAt);
                        broken = attributes(parser, handler);
                    }
                    attributes = true;
                }
                default -> parser.skipChildren();
            }
        }
        if (!attributes) {
            broken = "attributes are missing";
        }
        if (broken == null) {
            handler.end();
        } else {
            handler.broken(index, broken);
        }
    }

    private static @Nullable String attributes(JsonParser parser, Handler handler) throws IOException {
        String broken = null;
        int values = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int attribute = attributeId(parser.currentName());
            JsonToken token = parser.nextToken();
            if (attribute < 0) {
                broken = "an attribute is not a number";
                parser.skipChildren();
            } else if (token == JsonToken.VALUE_NULL) {
                handler.nothing(attribute);
            } else if (token == JsonToken.START_OBJECT) {
                if (!value(parser, attribute, handler)) {
                    broken = "attribute " + attribute + " has an unusable value";
                }
            } else {
                broken = "attribute " + attribute + " has no kind";
                parser.skipChildren();
            }
            values++;
        }
        return values == 0 ? "attributes are empty" : broken;
    }

    private static boolean value(JsonParser parser, int attribute, Handler handler) throws IOException {
        boolean told = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String tag = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (tag) {
                case "s" -> {
                    if (token == JsonToken.VALUE_STRING) {
                        handler.text(
                                attribute, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
                        told = true;
                    }
                }
                case "b" -> {
                    if (token.isBoolean()) {
                        handler.flag(attribute, token == JsonToken.VALUE_TRUE);
                        told = true;
                    }
                }
                case "i" -> {
                    if (token == JsonToken.VALUE_NUMBER_INT && isLong(parser)) {
                        handler.int64(attribute, parser.getLongValue());
                        told = true;
                    }
                }
                case "d" -> {
                    if (token.isNumeric() && Double.isFinite(parser.getDoubleValue())) {
                        handler.float64(attribute, parser.getDoubleValue());
                        told = true;
                    }
                }
                case "t" -> {
                    OptionalLong micros =
                            token == JsonToken.VALUE_STRING ? EventTime.parse(parser.getText()) : OptionalLong.empty();
                    if (micros.isPresent()) {
                        handler.moment(attribute, micros.getAsLong());
                        told = true;
                    }
                }
                default -> parser.skipChildren();
            }
            if (!told) {
                parser.skipChildren();
            }
        }
        return told;
    }

    private static boolean isLong(JsonParser parser) throws IOException {
        return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private static int attributeId(String name) {
        if (name.isEmpty() || name.length() > 9) {
            return -1;
        }
        int value = 0;
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static void expect(@Nullable JsonToken token, JsonToken wanted) throws IOException {
        if (token != wanted) {
            throw new IOException("expected " + wanted + ", found " + token);
        }
    }
}
