package io.ashlar.kubernetes.values;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Schema (draft 7) of a chart's values: every object is closed, every value has the type of its default. */
final class ValuesSchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ValuesSchema() {}

    /**
     * The schema's text.
     *
     * @param values of the chart
     * @param besides further properties, which the chart does not document
     */
    static String of(Value values, Map<String, ObjectNode> besides) {
        ObjectNode schema = NODES.objectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.setAll(group(values));
        besides.forEach(schema.withObject("/properties")::set);
        try {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
            return JSON.writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON is not written", e);
        }
    }

    /** An object that takes what it likes: another schema looks at it. */
    static ObjectNode open() {
        return NODES.objectNode().put("type", "object");
    }

    private static ObjectNode group(Value value) {
        ObjectNode schema = open();
        ObjectNode properties = schema.putObject("properties");
        value.children()
                .forEach((name, child) -> properties.set(name, child.group() ? group(child) : leaf(name, child)));
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode leaf(String name, Value value) {
        ObjectNode schema = value.constraint().map(ValuesSchema::of).orElseGet(NODES::objectNode);
        if (value.constraint().isEmpty() && value.fallback() instanceof Map<?, ?>) {
            // A group of none.
            return group(value);
        }
        if (schema.has("type")
                || value.constraint()
                        .filter(Constraint.Schema.class::isInstance)
                        .isPresent()) {
            return schema;
        }
        return schema.put("type", type(name, value.fallback()));
    }

    private static ObjectNode of(Constraint constraint) {
        ObjectNode schema = NODES.objectNode();
        switch (constraint) {
            case Constraint.OneOf oneOf -> oneOf.values().forEach(schema.withArray("/enum")::add);
            case Constraint.Range range -> schema.put("minimum", range.low()).put("maximum", range.high());
            case Constraint.Pattern pattern -> schema.put("pattern", pattern.expression());
            case Constraint.Items items ->
                schema.put("type", "array").putObject("items").put("type", items.type());
            case Constraint.MapOf map -> {
                ObjectNode any = schema.put("type", "object").putObject("additionalProperties");
                if (map.type().equals("scalar")) {
                    any.putArray("type").add("string").add("number").add("boolean");
                } else {
                    any.put("type", map.type());
                }
            }
            case Constraint.Free free -> schema.put("type", "object");
            case Constraint.Schema given -> schema.setAll(parse(given.json()));
        }
        return schema;
    }

    private static ObjectNode parse(String json) {
        try {
            return JSON.readValue(json, ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("@schema is not JSON: " + json, e);
        }
    }

    private static String type(String name, @Nullable Object fallback) {
        return switch (fallback) {
            case String text -> "string";
            case Boolean flag -> "boolean";
            case Integer number -> "integer";
            case Double number -> "number";
            case null, default ->
                throw new IllegalArgumentException("what " + name + " may be is not clear from " + fallback
                        + ": say @items, @map, @free or @schema above it");
        };
    }
}
