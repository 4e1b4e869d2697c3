package io.ashlar.filter.dsl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A dataset and its rows from one seed: any types in any order, each in a column, in a JSON document, deep in one, or as
 * an attribute in rows of their own.
 *
 * @param tame whether its doubles can be summed exactly
 */
record RandomSchema(Dataset dataset, Pool pool, boolean tame) {

    private static final List<FieldType> ATTRIBUTE_TYPES = List.of(
            FieldType.STRING, FieldType.BOOL, FieldType.INT64, FieldType.DOUBLE, FieldType.TIMESTAMP, FieldType.TEXT);

    static RandomSchema of(long seed, Pool pool) {
        Random random = new Random(seed);
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("id", FieldType.STRING, new Source.Column("id")).notNull());
        fields.add(new Field("part", FieldType.INT64, new Source.Column("part")).notNull());
        int count = 4 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            fields.add(field(random, "f" + i, seed, i));
        }
        List<String> key = random.nextInt(3) == 0 ? List.of("part", "id") : List.of("id");
        boolean attributes = fields.stream().anyMatch(field -> field.source() instanceof Source.Eav);
        boolean prefixed = random.nextInt(3) == 0 && key.size() == 1;
        Dataset dataset = new Dataset(
                "random",
                seed,
                "diff.t" + seed,
                "tenant_id",
                attributes ? List.of("id") : key,
                "Thing",
                prefixed ? "thing:" : null,
                fields);
        return new RandomSchema(dataset, pool, random.nextBoolean());
    }

    private static Field field(Random random, String name, long seed, int number) {
        FieldType type = Pool.pick(random, List.of(FieldType.values()));
        Source source =
                switch (random.nextInt(5)) {
                    case 0 -> new Source.JsonField("attributes", name);
                    case 1 -> new Source.JsonPath("attributes", List.of("deep", "er-" + name));
                    case 2 ->
                        ATTRIBUTE_TYPES.contains(type)
                                ? new Source.Eav(
                                        "diff.v" + seed,
                                        "entity_id",
                                        "attribute_id",
                                        number,
                                        valueColumn(type),
                                        List.of("event_at", "seq"))
                                : new Source.Column(name);
                    default -> new Source.Column(name);
                };
        Field field =
                type == FieldType.ENUM ? Field.ofEnum(name, source, Pool.ENUM_WORDS) : new Field(name, type, source);
        return source instanceof Source.Column && random.nextInt(4) == 0 ? field.notNull() : field;
    }

    static String valueColumn(FieldType type) {
        return type == FieldType.TEXT ? "v_string" : "v_" + type.wire();
    }

    /** Some outside the dataset's prefix, which no query may return. */
    List<Map<String, @Nullable Object>> rows(long seed, int count) {
        Random random = new Random(seed);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, @Nullable Object> row = new HashMap<>();
            String prefix = random.nextInt(10) == 0
                    ? Pool.pick(random, List.of("thing", "thinf:", "Thing:", "thing;"))
                    : "thing:";
            for (Field field : dataset.fields()) {
                // ClickHouse has no absent lists.
                boolean list = field.type() == FieldType.STRINGS && !pool.absentLists();
                boolean absent = field.nullable() && !list && random.nextInt(4) == 0;
                row.put(field.name(), absent ? null : pool.value(random, field, tame));
            }
            row.put("id", prefix + Pool.pick(random, pool.texts()).replace("\n", "") + i);
            row.put("part", (long) random.nextInt(-2, 3));
            rows.add(row);
        }
        return rows;
    }

    /** Whether a query of the dataset may return it at all. */
    boolean isInside(Map<String, ? extends @Nullable Object> row) {
        String prefix = dataset.entityPrefix();
        return prefix == null || (row.get("id") instanceof String id && id.startsWith(prefix));
    }
}
