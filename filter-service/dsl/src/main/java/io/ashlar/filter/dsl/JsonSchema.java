package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a dataset can be asked, as a JSON Schema (draft 2020-12): for editors and generated clients. It has the fields
 * that the caller may see and no others. Whatever {@link QueryReader} and {@link Checker} take, it takes; what only they
 * can tell (a day that does not exist, nesting, names of an aggregate's answer) it lets pass. Thread-safe.
 */
public final class JsonSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Dataset dataset;
    private final List<Field> fields;
    private final Limits limits;

    private JsonSchema(Dataset dataset, List<Field> fields, Limits limits) {
        this.dataset = dataset;
        this.fields = fields;
        this.limits = limits;
    }

    /** The schema of one query's body. */
    public static JsonNode of(Dataset dataset, Set<String> visibleFields) {
        List<Field> visible = dataset.fields().stream()
                .filter(field -> visibleFields.contains(field.name()))
                .toList();
        return new JsonSchema(dataset, visible, Limits.CLIENT).query();
    }

    private ObjectNode query() {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "urn:ashlar:dataset:" + dataset.name() + ":" + dataset.version());
        schema.put("title", "A query of " + dataset.name());
        ObjectNode properties = object(schema, List.of());
        properties.set("filters", oneOrMany(ref("node"), limits.nodes()));
        properties.set("sort", oneOrMany(ref("sort"), limits.sortKeys()));
        ObjectNode page = object(properties.putObject("page"), List.of());
        page.putObject("limit").put("type", "integer").put("minimum", 1).put("maximum", limits.pageLimit());
        page.putObject("cursor").put("type", "string");
        page.set("count", words(PageRequest.Count.wires()));
        ObjectNode names = properties.putObject("fields").put("type", "array").put("uniqueItems", true);
        names.set("items", words(fields.stream().map(Field::name).toList()));
        properties.putObject("tz").put("type", "string").put("maxLength", 64);
        properties.set("aggregate", ref("aggregate"));
        definitions(schema.putObject("$defs"));
        return schema;
    }

    private void definitions(ObjectNode definitions) {
        ArrayNode nodes = definitions.putObject("node").putArray("anyOf");
        nodes.addObject().put("type", "object").put("maxProperties", 0);
        for (String junction : List.of("and", "or")) {
            ObjectNode many = JSON.objectNode().put("type", "array");
            many.set("items", ref("node"));
            object(nodes.addObject(), List.of(junction)).set(junction, many);
        }
        object(nodes.addObject(), List.of("not")).set("not", ref("node"));
        object(nodes.addObject(), List.of("segment")).putObject("segment").put("type", "string");
        fields.forEach(field -> conditions(field).forEach(nodes::add));
        sort(definitions.putObject("sort"));
        aggregate(definitions.putObject("aggregate"));
        period(definitions.putObject("period"));
    }

    /** One schema for the operators of each kind of operand. */
    private List<ObjectNode> conditions(Field field) {
        Map<Op.Shape, ArrayNode> operators = new EnumMap<>(Op.Shape.class);
        Arrays.stream(Op.values()).filter(field.operators()::contains).forEach(op -> operators
                .computeIfAbsent(op.shape(), shape -> JSON.arrayNode())
                .add(op.wire()));
        return operators.entrySet().stream()
                .map(entry -> {
                    ObjectNode condition = JSON.objectNode();
                    ObjectNode properties = object(condition, List.of("field", "op", "value"));
                    properties.putObject("field").put("const", field.name());
                    properties.putObject("op").set("enum", entry.getValue());
                    properties.set("value", operand(field, entry.getKey()));
                    properties.putObject("ci").put("type", "boolean");
                    return condition;
                })
                .toList();
    }

    private ObjectNode operand(Field field, Op.Shape shape) {
        return switch (shape) {
            case ONE -> value(field);
            case TEXT -> JSON.objectNode().put("type", "string");
            case FLAG -> JSON.objectNode().put("type", "boolean");
            case PERIOD -> ref("period");
            case MANY, TEXTS -> array(value(field)).put("maxItems", limits.values());
            case RANGE -> array(value(field)).put("minItems", 2).put("maxItems", 2);
        };
    }

    private ObjectNode value(Field field) {
        ObjectNode schema = JSON.objectNode();
        switch (field.type()) {
            case STRING, TEXT, STRINGS -> schema.put("type", "string");
            case ENUM -> schema = words(field.values());
            case BOOL -> schema.put("type", "boolean");
            case INT64, MONEY ->
                schema.put("type", "integer").put("minimum", Long.MIN_VALUE).put("maximum", Long.MAX_VALUE);
            case DECIMAL, DOUBLE -> schema.put("type", "number");
            case DATE -> schema.put("type", "string").put("format", "date");
            case UUID -> schema.put("type", "string").put("format", "uuid");
            case TIMESTAMP -> {
                ArrayNode either = schema.put("type", "string").putArray("anyOf");
                either.addObject().put("format", "date-time");
                either.addObject().put("format", "date");
            }
        }
        return schema;
    }

    /** An aggregate's order speaks of its own names. */
    private void sort(ObjectNode schema) {
        ObjectNode properties = object(schema, List.of("field"));
        properties.putObject("field").put("type", "string");
        properties.set("dir", words(List.of("asc", "desc")));
        properties.set("nulls", words(List.of("first", "last")));
        properties.putObject("rank").put("type", "string");
    }

    private void aggregate(ObjectNode schema) {
        ObjectNode names = words(fields.stream().map(Field::name).toList());
        ObjectNode properties = object(schema, List.of("measures"));
        ObjectNode group = JSON.objectNode();
        ObjectNode groupProperties = object(group, List.of("field"));
        groupProperties.set("field", names);
        groupProperties.set("bucket", words(CalendarUnit.wires()));
        groupProperties.putObject("as").put("type", "string");
        properties.set("group_by", array(group).put("maxItems", limits.groups()));
        ObjectNode measure = JSON.objectNode();
        ObjectNode measureProperties = object(measure, List.of("fn"));
        measureProperties.set("fn", words(Aggregate.Fn.wires()));
        measureProperties.set("field", names);
        measureProperties.putObject("p").put("type", "number").put("minimum", 0).put("maximum", 1);
        measureProperties.putObject("as").put("type", "string");
        properties.set("measures", array(measure).put("minItems", 1).put("maxItems", limits.measures()));
        properties.putObject("having");
    }

    private static void period(ObjectNode schema) {
        ArrayNode kinds = schema.putArray("anyOf");
        object(kinds.addObject(), List.of("this")).set("this", words(CalendarUnit.wires()));
        for (String kind : List.of("last", "next", "past")) {
            ObjectNode properties = object(kinds.addObject(), List.of(kind, "unit"));
            properties.putObject(kind).put("type", "integer").put("minimum", 1).put("maximum", Period.MAX_COUNT);
            properties.set("unit", words(CalendarUnit.wires()));
        }
    }

    /** Makes it an object of known members; returns where they go. */
    private static ObjectNode object(ObjectNode schema, List<String> required) {
        schema.put("type", "object").put("additionalProperties", false);
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        return schema.putObject("properties");
    }

    private static ObjectNode array(JsonNode items) {
        ObjectNode array = JSON.objectNode().put("type", "array");
        array.set("items", items);
        return array;
    }

    private static ObjectNode oneOrMany(JsonNode one, int most) {
        ObjectNode schema = JSON.objectNode();
        schema.putArray("anyOf").add(array(one).put("maxItems", most)).add(one);
        return schema;
    }

    private static ObjectNode ref(String definition) {
        return JSON.objectNode().put("$ref", "#/$defs/" + definition);
    }

    private static ObjectNode words(Collection<String> words) {
        ObjectNode schema = JSON.objectNode();
        words.forEach(schema.putArray("enum")::add);
        return schema;
    }
}
