package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows and queries over {@link Datasets#THINGS} from one seed: few values, so that they meet, and all of them awkward. */
final class RandomThings {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> ZONES =
            List.of("UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "America/Sao_Paulo");

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "A",
            "b",
            "ab",
            "aB",
            "a%b",
            "a_b",
            "a\\b",
            "%",
            "_",
            "\\",
            "'",
            "\"",
            "x' OR '1'='1",
            "é",
            "e\u0301",
            "É",
            "ß",
            "ẞ",
            "İ",
            "ı",
            "I",
            "ς",
            "Σ",
            "σ",
            "日本",
            "\uFFFD",
            "😀",
            "a😀b",
            "\n",
            " a",
            "$1",
            "?",
            "null",
            "ﬁ");

    private static final List<BigDecimal> DECIMALS = List.of(
            new BigDecimal("0"),
            new BigDecimal("1.10"),
            new BigDecimal("1.1"),
            new BigDecimal("-0.000000000000000000001"),
            new BigDecimal("12345678901234567890.5"),
            new BigDecimal("1e20"));

    private static final List<Double> DOUBLES =
            List.of(0.0, -0.0, 0.1, 1.0 / 3, -1e-300, 1.7e308, 4.9e-324, 100.0, 1e21);

    private static final List<Instant> INSTANTS = List.of(
            Instant.parse("2026-03-08T05:00:00Z"),
            Instant.parse("2026-03-09T03:59:59.999999Z"),
            Instant.parse("2026-03-09T04:00:00Z"),
            Instant.parse("2018-11-04T03:00:00Z"),
            Instant.parse("2011-12-30T10:00:00Z"),
            Instant.parse("0001-01-02T00:00:00.000001Z"),
            Instant.parse("9999-12-30T23:59:59.999999Z"),
            Instant.parse("1969-12-31T23:59:59.999999Z"));

    private static final List<LocalDate> DATES = List.of(
            LocalDate.of(2026, 3, 8),
            LocalDate.of(2026, 3, 9),
            LocalDate.of(2018, 11, 4),
            LocalDate.of(2011, 12, 30),
            LocalDate.of(1, 1, 2),
            LocalDate.of(9999, 12, 30),
            LocalDate.of(2000, 2, 29));

    private final Random random;

    RandomThings(long seed) {
        random = new Random(seed);
    }

    /** Some outside the dataset's prefix, which no query may return. */
    List<Map<String, @Nullable Object>> rows(int count) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, @Nullable Object> row = new HashMap<>();
            String prefix = random.nextInt(10) == 0 ? pick(List.of("thing", "thinf:", "Thing:", "thing;")) : "thing:";
            row.put("id", prefix + pick(TEXTS).replace("\n", "") + i);
            row.put("rank", (long) random.nextInt(-3, 4));
            for (FieldType type : Datasets.FIRST_TYPES) {
                row.put("c_" + type.wire(), random.nextInt(4) == 0 ? null : value(type));
                row.put("j_" + type.wire(), random.nextInt(4) == 0 ? null : value(type));
            }
            rows.add(row);
        }
        return rows;
    }

    JsonNode query() {
        ObjectNode query = JSON.objectNode();
        if (random.nextBoolean()) {
            query.set("filters", node(1));
        } else {
            query.set("filters", nodes(1));
        }
        query.put("tz", pick(ZONES));
        ArrayNode sort = query.putArray("sort");
        List<Field> fields = new ArrayList<>(Datasets.THINGS.fields());
        java.util.Collections.shuffle(fields, random);
        for (Field field : fields.subList(0, random.nextInt(4))) {
            sort.addObject()
                    .put("field", field.name())
                    .put("dir", random.nextBoolean() ? "asc" : "desc")
                    .put("nulls", random.nextBoolean() ? "first" : "last");
        }
        return query;
    }

    private ArrayNode nodes(int depth) {
        ArrayNode nodes = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            nodes.add(node(depth));
        }
        return nodes;
    }

    private ObjectNode node(int depth) {
        ObjectNode node = JSON.objectNode();
        switch (depth > 4 ? 0 : random.nextInt(8)) {
            case 1 -> node.set("and", nodes(depth + 1));
            case 2 -> node.set("or", nodes(depth + 1));
            case 3, 4 -> node.set("not", node(depth + 1));
            case 5 -> {
                // Everything.
            }
            default -> condition(node);
        }
        return node;
    }

    private void condition(ObjectNode node) {
        Field field = pick(Datasets.THINGS.fields());
        Op op = pick(field.operators().stream().sorted().toList());
        node.put("field", field.name()).put("op", op.wire());
        node.set(
                "value",
                switch (op.shape()) {
                    case ONE, TEXT -> constant(field.type());
                    case FLAG -> JSON.booleanNode(random.nextBoolean());
                    case PERIOD -> JSON.objectNode().put("this", "year");
                    case RANGE -> JSON.arrayNode().add(constant(field.type())).add(constant(field.type()));
                    case MANY, TEXTS -> {
                        ArrayNode many = JSON.arrayNode();
                        for (int i = random.nextInt(4); i > 0; i--) {
                            many.add(constant(field.type()));
                        }
                        yield many;
                    }
                });
        if (field.type() == FieldType.STRING && random.nextInt(3) == 0) {
            node.put("ci", true);
        }
    }

    private JsonNode constant(FieldType type) {
        if (type == FieldType.TIMESTAMP && random.nextBoolean()) {
            return JSON.textNode(pick(DATES).toString());
        }
        return FilterJson.write(Values.literal(value(type)));
    }

    private Object value(FieldType type) {
        return switch (type) {
            case STRING, TEXT, ENUM, STRINGS -> pick(TEXTS);
            case BOOL -> random.nextBoolean();
            case INT64, MONEY -> pick(List.of(0L, 1L, -1L, 60L, Long.MAX_VALUE, Long.MIN_VALUE));
            case DECIMAL -> pick(DECIMALS);
            case DOUBLE -> pick(DOUBLES);
            case TIMESTAMP -> pick(INSTANTS);
            case DATE -> pick(DATES);
            case UUID ->
                pick(List.of(new UUID(0, 1), new UUID(1, 0), new UUID(-1, 5), new UUID(0x7fff_ffff_ffff_ffffL, -1)));
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
