package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a row is not in columns. */
final class Attributes {

    private Attributes() {}

    /**
     * One row of an entity-attribute-value relation.
     *
     * @param value null: the producer said that there is none any more
     */
    record Fact(@Nullable Object value, long seq) {}

    /** The JSON document; an absent value is a missing member or JSON's null. */
    static JsonNode document(Dataset dataset, Map<String, ? extends @Nullable Object> row) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        for (Field field : dataset.fields()) {
            List<String> path = Dialect.path(field.source());
            Object value = row.get(field.name());
            if (path.isEmpty() || (value == null && hash(row, field) % 3 == 0)) {
                continue;
            }
            ObjectNode parent = document;
            for (String member : path.subList(0, path.size() - 1)) {
                parent = parent.withObjectProperty(member);
            }
            if (value == null) {
                parent.putNull(path.getLast());
            } else {
                parent.set(path.getLast(), FilterJson.write(Values.literal(value)));
            }
        }
        return document;
    }

    /** An older value, which must not count, before the latest. */
    static List<Fact> facts(Field field, Map<String, ? extends @Nullable Object> row) {
        List<Fact> facts = new ArrayList<>();
        Object value = row.get(field.name());
        int kind = hash(row, field) % 3;
        if (kind > 0) {
            facts.add(new Fact(older(field), 1));
        }
        if (value != null || kind > 0) {
            facts.add(new Fact(value, 2));
        }
        return facts;
    }

    private static Object older(Field field) {
        return Pool.NARROW.value(new java.util.Random(field.name().hashCode()), field, true);
    }

    private static int hash(Map<String, ? extends @Nullable Object> row, Field field) {
        return Math.floorMod(
                String.valueOf(row.get("id")).hashCode() + field.name().hashCode(), 97);
    }
}
