package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;

/** The JSON of a dataset: what seals carry, and, without name and version, what a declaration sends. Thread-safe. */
public final class DatasetJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    public DatasetJson() {}

    public JsonNode write(Dataset dataset) {
        ObjectNode node = JSON.objectNode();
        node.put("name", dataset.name());
        node.put("version", dataset.version());
        node.put("relation", dataset.relation());
        node.put("tenant_column", dataset.tenantColumn());
        dataset.key().forEach(node.putArray("key")::add);
        node.put("cedar_type", dataset.cedarType());
        if (dataset.entityPrefix() != null) {
            node.put("entity_prefix", dataset.entityPrefix());
        }
        ArrayNode fields = node.putArray("fields");
        dataset.fields().forEach(field -> fields.add(write(field)));
        return node;
    }

    /** A whole dataset with its version, as {@link #write} made it. */
    public Parsed<Dataset> read(JsonNode node) {
        Faults faults = new Faults();
        return faults.orOk(new DatasetReader(faults).read(node, null, 0));
    }

    /**
     * A declaration: {@code version} is the house's to give, {@code name} stands in the address and may be repeated in
     * the body only if it is the same.
     */
    public Parsed<Dataset> declaration(JsonNode node, String name, long version) {
        Faults faults = new Faults();
        return faults.orOk(new DatasetReader(faults).read(node, name, version));
    }

    private static ObjectNode write(Field field) {
        ObjectNode node = JSON.objectNode();
        node.put("name", field.name());
        node.put("type", field.type().wire());
        ObjectNode source = node.putObject("source");
        switch (field.source()) {
            case Source.Column(String column) -> source.put("column", column);
            case Source.JsonField(String column, String key) ->
                source.put("json", column).put("key", key);
            case Source.JsonPath(String column, List<String> path) -> {
                source.put("json", column);
                path.forEach(source.putArray("path")::add);
            }
            case Source.Eav eav -> {
                source.put("eav", eav.relation()).put("entity", eav.entity());
                source.put("attribute", eav.attribute()).put("id", eav.id()).put("value", eav.value());
                eav.latest().forEach(source.putArray("latest")::add);
            }
        }
        node.put("sensitivity", field.sensitivity());
        node.put("cedar_attribute", field.cedarAttribute());
        node.put("nullable", field.nullable());
        ArrayNode operators = node.putArray("operators");
        Arrays.stream(Op.values()).filter(field.operators()::contains).forEach(op -> operators.add(op.wire()));
        if (!field.values().isEmpty()) {
            field.values().forEach(node.putArray("values")::add);
        }
        return node;
    }
}
