package io.ashlar.cedar.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The handwritten cases leave it to their schema to say that <code>{"type", "id"}</code> is an entity and {@code "0.6"} a
 * decimal; this writes the escapes that such JSON needs where there is no schema. Cases that have them already stay as they
 * are.
 */
final class SchemaHints {

    private static final Pattern DECLARED = Pattern.compile("(\\w+)\\??: *(decimal|ipaddr)\\b");

    private final Map<String, String> constructors = new HashMap<>();

    SchemaHints(String schema) {
        Matcher matcher = DECLARED.matcher(schema);
        while (matcher.find()) {
            constructors.put(matcher.group(1), matcher.group(2).equals("ipaddr") ? "ip" : "decimal");
        }
    }

    JsonNode escaped(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode out = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> out.add(escaped(element)));
            return out;
        }
        if (!(node instanceof ObjectNode object) || object.has("__entity") || object.has("__extn")) {
            return node;
        }
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        if (names.equals(Set.of("type", "id"))) {
            return out.set("__entity", object);
        }
        object.properties().forEach(field -> {
            String constructor = constructors.get(field.getKey());
            if (constructor != null && field.getValue().isTextual()) {
                ObjectNode call = out.putObject(field.getKey()).putObject("__extn");
                call.put("fn", constructor).set("arg", field.getValue());
            } else {
                out.set(field.getKey(), escaped(field.getValue()));
            }
        });
        return out;
    }
}
