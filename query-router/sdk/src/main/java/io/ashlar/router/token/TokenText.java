package io.ashlar.router.token;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The wire form {@code {"i":1,"t":"uuid","l":[[1,"0/3000060"]],"o":{"topic":{"0":12}},"m":1700000000000}}. */
final class TokenText {

    private static final String PREFIX = "v1.";
    private static final Set<String> MEMBERS = Set.of("i", "t", "l", "o", "m");
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern PARTITION = Pattern.compile("0|[1-9][0-9]{0,3}");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TokenText() {}

    static String write(ConsistencyToken token) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("i", token.incarnation());
            UUID tenant = token.tenant();
            if (tenant != null) {
                json.writeStringField("t", tenant.toString());
            }
            json.writeArrayFieldStart("l");
            for (LogPosition position : token.positions()) {
                json.writeStartArray();
                json.writeNumber(position.timeline());
                json.writeString(position.lsnText());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeObjectFieldStart("o");
            for (Map.Entry<String, Map<Integer, Long>> topic : token.offsets().entrySet()) {
                json.writeObjectFieldStart(topic.getKey());
                for (Map.Entry<Integer, Long> next : topic.getValue().entrySet()) {
                    json.writeNumberField(next.getKey().toString(), next.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeNumberField("m", token.mintedAt().toEpochMilli());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    static ParsedToken parse(String text) {
        if (text.length() > ConsistencyToken.TEXT_LENGTH_MAX) {
            return invalid("is longer than " + ConsistencyToken.TEXT_LENGTH_MAX + " characters");
        }
        if (!text.startsWith(PREFIX)) {
            return invalid("is of no version known here (v1)");
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return invalid("is no base64url");
        }
        try {
            return new ParsedToken.Ok(read(JSON.readTree(bytes)));
        } catch (IOException e) {
            return invalid("holds no JSON");
        } catch (IllegalArgumentException e) {
            return invalid("is refused: " + e.getMessage());
        }
    }

    private static ParsedToken invalid(String reason) {
        return new ParsedToken.Invalid("The consistency token " + reason + ".");
    }

    private static ConsistencyToken read(@Nullable JsonNode json) {
        if (json == null || !json.isObject()) {
            throw new IllegalArgumentException("not an object");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw new IllegalArgumentException("an unknown member");
            }
        });
        JsonNode incarnation = json.path("i");
        JsonNode mintedAt = json.path("m");
        if (!incarnation.isIntegralNumber() || !incarnation.canConvertToInt()) {
            throw new IllegalArgumentException("incarnation is no number");
        }
        if (!mintedAt.isIntegralNumber() || !mintedAt.canConvertToLong()) {
            throw new IllegalArgumentException("minted at is no number");
        }
        return new ConsistencyToken(
                incarnation.intValue(),
                tenant(json.path("t")),
                positions(json.path("l")),
                offsets(json.path("o")),
                Instant.ofEpochMilli(mintedAt.longValue()));
    }

    private static @Nullable UUID tenant(JsonNode json) {
        if (json.isMissingNode()) {
            return null;
        }
        if (!json.isTextual() || !UUID_TEXT.matcher(json.textValue()).matches()) {
            throw new IllegalArgumentException("tenant is no UUID");
        }
        return UUID.fromString(json.textValue());
    }

    private static List<LogPosition> positions(JsonNode json) {
        if (!json.isArray() || json.size() > ConsistencyToken.POSITIONS_MAX) {
            throw new IllegalArgumentException("positions are no array of the right size");
        }
        List<LogPosition> positions = new ArrayList<>();
        for (JsonNode pair : json) {
            if (!pair.isArray()
                    || pair.size() != 2
                    || !pair.get(0).isInt()
                    || !pair.get(1).isTextual()) {
                throw new IllegalArgumentException("a position is no pair");
            }
            OptionalLong lsn = LogPosition.parseLsn(pair.get(1).textValue());
            if (lsn.isEmpty()) {
                throw new IllegalArgumentException("a position has no LSN");
            }
            positions.add(new LogPosition(pair.get(0).intValue(), lsn.getAsLong()));
        }
        return positions;
    }

    private static Map<String, Map<Integer, Long>> offsets(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("offsets are no object");
        }
        Map<String, Map<Integer, Long>> offsets = new TreeMap<>();
        for (Map.Entry<String, JsonNode> topic : json.properties()) {
            Map<Integer, Long> partitions = new TreeMap<>();
            for (Map.Entry<String, JsonNode> next : topic.getValue().properties()) {
                if (!PARTITION.matcher(next.getKey()).matches()
                        || !next.getValue().isIntegralNumber()
                        || !next.getValue().canConvertToLong()) {
                    throw new IllegalArgumentException("an offset is malformed");
                }
                partitions.put(Integer.valueOf(next.getKey()), next.getValue().longValue());
            }
            if (partitions.isEmpty()) {
                throw new IllegalArgumentException("a topic has no offsets");
            }
            offsets.put(topic.getKey(), partitions);
        }
        return offsets;
    }
}
