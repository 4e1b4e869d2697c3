package io.ashlar.cedar.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.Limits;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/** Reads JSON within bounds, and asks of its nodes what they must be. */
final class Json {

    /** Longest string in entities and contexts, in characters. */
    private static final int STRING_LENGTH_MAX = 1024 * 1024;

    /** Two levels for each operand of a chain and for each level of an expression, and some for what is around them. */
    private static final int NESTING_MAX = 2 * (Limits.OPERANDS_MAX + 2 * Limits.DEPTH_MAX);

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxStringLength(STRING_LENGTH_MAX)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CedarJsonException("not JSON: " + e.getOriginalMessage(), "");
        }
    }

    /** A long chain is deeper than the default of the library's own writer allows. */
    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of ours cannot be written", e);
        }
    }

    static JsonNode object(JsonNode node, String pointer) {
        if (!node.isObject()) {
            throw new CedarJsonException("this should be an object", pointer);
        }
        return node;
    }

    /** The object, with no other fields than these. */
    static JsonNode object(JsonNode node, String pointer, Set<String> fields) {
        Set<String> unknown = new HashSet<>();
        for (Iterator<String> names = object(node, pointer).fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fields.contains(name)) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new CedarJsonException(
                    "there is no field " + unknown.iterator().next(), pointer);
        }
        return node;
    }

    static JsonNode array(JsonNode node, String pointer) {
        if (!node.isArray()) {
            throw new CedarJsonException("this should be an array", pointer);
        }
        return node;
    }

    static String text(JsonNode node, String pointer) {
        if (!node.isTextual()) {
            throw new CedarJsonException("this should be a string", pointer);
        }
        String text = node.textValue();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = Character.isHighSurrogate(text.charAt(i))
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new CedarJsonException("half a character", pointer);
                }
                i++;
            }
        }
        return text;
    }

    /** <code>{"type": …, "id": …}</code>, or that behind {@code __entity}. */
    static EntityUid entity(JsonNode node, String pointer) {
        JsonNode uid =
                node.has("__entity") ? object(node, pointer, Set.of("__entity")).get("__entity") : node;
        object(uid, pointer, Set.of("type", "id"));
        try {
            return new EntityUid(text(uid.path("type"), pointer + "/type"), text(uid.path("id"), pointer + "/id"));
        } catch (IllegalArgumentException e) {
            throw new CedarJsonException(String.valueOf(e.getMessage()), pointer);
        }
    }

    static String at(String pointer, String name) {
        return pointer + '/' + name.replace("~", "~0").replace("/", "~1");
    }
}
