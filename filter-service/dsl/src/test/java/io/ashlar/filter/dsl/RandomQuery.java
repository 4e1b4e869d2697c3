package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.dsl.Aggregate.Fn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Queries over a random schema, as a client writes them. */
final class RandomQuery {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RandomSchema schema;
    private final Random random;

    RandomQuery(RandomSchema schema, long seed) {
        this.schema = schema;
        this.random = new Random(seed);
    }

    ObjectNode rows() {
        ObjectNode query = JSON.objectNode();
        filters(query, "filters", schema.dataset().fields());
        query.put("tz", Pool.pick(random, Pool.ZONES));
        ArrayNode sort = query.putArray("sort");
        List<Field> fields = new ArrayList<>(schema.dataset().fields());
        Collections.shuffle(fields, random);
        fields.stream().limit(random.nextInt(4)).forEach(field -> sortKey(sort, field));
        if (random.nextInt(3) == 0) {
            ArrayNode shown = query.putArray("fields");
            Collections.shuffle(fields, random);
            fields.stream().limit(1 + random.nextInt(4)).forEach(field -> shown.add(field.name()));
        }
        return query;
    }

    ObjectNode groups() {
        ObjectNode query = JSON.objectNode();
        filters(query, "filters", schema.dataset().fields());
        query.put("tz", Pool.pick(random, Pool.ZONES));
        ObjectNode aggregate = query.putObject("aggregate");
        ArrayNode groups = aggregate.putArray("group_by");
        List<Field> fields = new ArrayList<>(schema.dataset().fields());
        Collections.shuffle(fields, random);
        fields.stream()
                .filter(field -> field.type().isGroupable())
                .limit(random.nextInt(3))
                .forEach(field -> group(groups.addObject().put("field", field.name()), field));
        ArrayNode measures = aggregate.putArray("measures");
        measures.addObject().put("fn", "count").put("as", "n");
        int number = 0;
        for (Field field : fields.subList(0, Math.min(3, fields.size()))) {
            Fn fn = Pool.pick(random, List.of(Fn.values()));
            boolean inexact = field.type() == FieldType.DOUBLE && !schema.tame() && (fn == Fn.SUM || fn == Fn.AVG);
            if (fn.takes(field.type()) && !inexact) {
                ObjectNode measure = measures.addObject().put("fn", fn.wire()).put("field", field.name());
                measure.put("as", "m" + number++);
                if (fn == Fn.PERCENTILE) {
                    measure.put("p", Pool.pick(random, List.of(0.0, 0.07, 0.25, 0.5, 0.95, 0.999, 1.0)));
                }
            }
        }
        outputs(query, aggregate);
        return query;
    }

    private void group(ObjectNode group, Field field) {
        boolean date = field.type() == FieldType.DATE;
        if ((date || field.type() == FieldType.TIMESTAMP) && random.nextInt(4) > 0) {
            List<CalendarUnit> units = List.of(CalendarUnit.values());
            group.put(
                    "bucket",
                    Pool.pick(random, date ? units.subList(2, units.size()) : units)
                            .wire());
        }
    }

    /** Having and sort speak of the answer's columns, so the aggregate is checked once without them. */
    private void outputs(ObjectNode query, ObjectNode aggregate) {
        CheckedAggregate checked = Differential.checker(random)
                .checkAggregate(Differential.read(query), schema.dataset(), Datasets.visible(schema.dataset()))
                .orElseThrow(faults -> new IllegalStateException(query + ": " + faults));
        List<Field> outputs = new ArrayList<>(checked.outputs());
        if (random.nextInt(2) == 0) {
            filters(aggregate, "having", outputs);
        }
        Collections.shuffle(outputs, random);
        ArrayNode sort = query.putArray("sort");
        outputs.stream().limit(random.nextInt(3)).forEach(field -> sortKey(sort, field));
    }

    private void sortKey(ArrayNode sort, Field field) {
        if (!field.type().isSortable() && field.type() != FieldType.TEXT) {
            return;
        }
        ObjectNode key = sort.addObject()
                .put("field", field.name())
                .put("dir", random.nextBoolean() ? "asc" : "desc")
                .put("nulls", random.nextBoolean() ? "first" : "last");
        if (field.type() == FieldType.TEXT) {
            key.put("rank", Pool.pick(random, List.of("late", "Bag late", "a B 日本")));
        }
    }

    private void filters(ObjectNode parent, String key, List<Field> fields) {
        if (random.nextBoolean()) {
            parent.set(key, node(fields, 1));
        } else {
            parent.set(key, nodes(fields, 1));
        }
    }

    private ArrayNode nodes(List<Field> fields, int depth) {
        ArrayNode nodes = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            nodes.add(node(fields, depth));
        }
        return nodes;
    }

    private ObjectNode node(List<Field> fields, int depth) {
        ObjectNode node = JSON.objectNode();
        switch (depth > 4 ? 0 : random.nextInt(8)) {
            case 1 -> node.set("and", nodes(fields, depth + 1));
            case 2 -> node.set("or", nodes(fields, depth + 1));
            case 3, 4 -> node.set("not", node(fields, depth + 1));
            case 5 -> {
                // Everything.
            }
            default -> condition(node, Pool.pick(random, fields));
        }
        return node;
    }

    private void condition(ObjectNode node, Field field) {
        Op op = Pool.pick(random, field.operators().stream().sorted().toList());
        node.put("field", field.name()).put("op", op.wire());
        node.set(
                "value",
                switch (op.shape()) {
                    case ONE -> constant(field);
                    case TEXT -> op == Op.SEARCH ? JSON.textNode(words()) : constant(field);
                    case FLAG -> JSON.booleanNode(random.nextBoolean());
                    case RANGE -> JSON.arrayNode().add(constant(field)).add(constant(field));
                    case MANY, TEXTS -> {
                        ArrayNode many = JSON.arrayNode();
                        for (int i = random.nextInt(4); i > 0; i--) {
                            many.add(constant(field));
                        }
                        yield many;
                    }
                    case PERIOD -> period(field);
                });
        boolean string = field.type() == FieldType.STRING || field.type() == FieldType.TEXT;
        if (string && op != Op.SEARCH && random.nextInt(3) == 0) {
            node.put("ci", true);
        }
    }

    private ObjectNode period(Field field) {
        boolean date = field.type() == FieldType.DATE;
        List<CalendarUnit> units = List.of(CalendarUnit.values());
        String unit =
                Pool.pick(random, date ? units.subList(2, units.size()) : units).wire();
        String kind = Pool.pick(random, date ? Period.kinds().subList(0, 3) : Period.kinds());
        return kind.equals("this")
                ? JSON.objectNode().put("this", unit)
                : JSON.objectNode().put(kind, 1 + random.nextInt(20)).put("unit", unit);
    }

    private String words() {
        return Pool.pick(random, List.of("late", "LATE bag", "a", "é", "日本", "b a", "bag, late!", "or x"));
    }

    private JsonNode constant(Field field) {
        Pool pool = schema.pool();
        if (field.type() == FieldType.TIMESTAMP && random.nextBoolean()) {
            return JSON.textNode(Pool.pick(random, pool.days()).toString());
        } else if (field.type() == FieldType.DECIMAL) {
            return FilterJson.write(Literal.of(Pool.pick(random, pool.constants())));
        } else if (field.type() == FieldType.STRINGS) {
            return JSON.textNode(Pool.pick(random, pool.texts()));
        }
        return FilterJson.write(Values.literal(pool.value(random, field, schema.tame())));
    }
}
