package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** As much of JSON Schema 2020-12 as {@link JsonSchema} speaks; formats are taken on trust, as its default is. */
final class Schemas {

    private static final Set<String> KNOWN = Set.of(
            "$schema",
            "$id",
            "title",
            "$defs",
            "$ref",
            "anyOf",
            "type",
            "const",
            "enum",
            "format",
            "properties",
            "required",
            "additionalProperties",
            "maxProperties",
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minimum",
            "maximum",
            "maxLength");

    private final JsonNode root;
    private final List<String> faults = new ArrayList<>();

    private Schemas(JsonNode root) {
        this.root = root;
    }

    static List<String> faults(JsonNode schema, JsonNode value) {
        Schemas run = new Schemas(schema);
        run.check(schema, value, "");
        return run.faults;
    }

    private void check(JsonNode schema, JsonNode value, String at) {
        schema.fieldNames().forEachRemaining(key -> {
            if (!KNOWN.contains(key)) {
                throw new IllegalStateException("a keyword that is not checked: " + key);
            }
        });
        if (schema.has("$ref")) {
            check(root.at(schema.path("$ref").asText().substring(1)), value, at);
        }
        if (schema.has("anyOf")) {
            boolean any = false;
            for (JsonNode one : schema.path("anyOf")) {
                Schemas branch = new Schemas(root);
                branch.check(one, value, at);
                any |= branch.faults.isEmpty();
            }
            expect(any, at, "anyOf");
        }
        expect(!schema.has("type") || is(schema.path("type").asText(), value), at, "type");
        expect(!schema.has("const") || schema.path("const").equals(value), at, "const");
        expect(!schema.has("enum") || contains(schema.path("enum"), value), at, "enum");
        if (value.isNumber() && schema.has("minimum")) {
            expect(value.decimalValue().compareTo(schema.path("minimum").decimalValue()) >= 0, at, "minimum");
            expect(value.decimalValue().compareTo(schema.path("maximum").decimalValue()) <= 0, at, "maximum");
        }
        if (value.isArray()) {
            array(schema, value, at);
        } else if (value.isObject()) {
            object(schema, value, at);
        }
    }

    private void array(JsonNode schema, JsonNode value, String at) {
        expect(value.size() >= schema.path("minItems").asInt(0), at, "minItems");
        expect(value.size() <= schema.path("maxItems").asInt(Integer.MAX_VALUE), at, "maxItems");
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < value.size(); i++) {
            expect(seen.add(value.get(i)) || !schema.path("uniqueItems").asBoolean(), at, "uniqueItems");
            if (schema.has("items")) {
                check(schema.path("items"), value.get(i), at + "/" + i);
            }
        }
    }

    private void object(JsonNode schema, JsonNode value, String at) {
        schema.path("required").forEach(key -> expect(value.has(key.asText()), at, "required " + key));
        expect(value.size() <= schema.path("maxProperties").asInt(Integer.MAX_VALUE), at, "maxProperties");
        value.fieldNames().forEachRemaining(key -> {
            if (schema.path("properties").has(key)) {
                check(schema.path("properties").path(key), value.get(key), at + "/" + key);
            } else {
                expect(schema.path("additionalProperties").asBoolean(true), at, "no member " + key);
            }
        });
    }

    private void expect(boolean holds, String at, String what) {
        if (!holds) {
            faults.add(at + ": " + what);
        }
    }

    private static boolean contains(JsonNode array, JsonNode value) {
        for (JsonNode one : array) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" ->
                value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
            case "number" -> value.isNumber();
            default -> throw new IllegalStateException(type);
        };
    }
}
