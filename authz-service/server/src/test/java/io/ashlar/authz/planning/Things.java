package io.ashlar.authz.planning;

import io.ashlar.authz.plan.PlanField;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.value.Datetime;
import io.ashlar.cedar.value.Decimal;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.Value;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dataset with a field of every type, random rows of it, and what a decision about one of them knows. */
final class Things {

    static final String TYPE = "Thing";

    static final List<String> TEXTS = List.of(
            "", "a", "ab", "aba", "abab", "ba", "b", "SFO", "sfo", "é", "e\u0301", "a%b", "a_b", "\\", "\"q", "😀");
    static final List<UUID> UUIDS = List.of(
            UUID.fromString("00000000-0000-4000-8000-00000000000a"),
            UUID.fromString("ffffffff-ffff-4fff-bfff-ffffffffffff"));
    static final List<String> WORDS = List.of("low", "mid", "high");
    static final List<Long> NUMBERS =
            List.of(-2L, -1L, 0L, 1L, 2L, 3L, 10L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1);
    static final List<BigDecimal> DECIMALS = List.of(
            new BigDecimal("-0.5"),
            new BigDecimal("0"),
            new BigDecimal("0.0001"),
            new BigDecimal("1.5"),
            new BigDecimal("100"));
    static final List<Instant> INSTANTS = List.of(
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.parse("2024-02-29T00:00:00Z"),
            Instant.parse("2024-02-29T12:30:00.000500Z"),
            Instant.parse("2024-02-29T12:30:00.001Z"),
            Instant.parse("2024-03-01T00:00:00Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z"));
    static final List<LocalDate> DAYS = List.of(
            LocalDate.parse("0001-01-01"),
            LocalDate.parse("1969-12-31"),
            LocalDate.parse("2024-02-29"),
            LocalDate.parse("2024-03-01"),
            LocalDate.parse("9999-12-31"));
    static final int ENTITIES = 4;

    /** How a field is declared: its type, the entities it names, and what it is to the row. */
    record Declared(String path, FieldType type, @Nullable String entity, PlanField.@Nullable Role role) {

        String column() {
            return "c_" + path.replace('.', '_');
        }
    }

    static final List<Declared> FIELDS = List.of(
            new Declared("id", FieldType.STRING, null, PlanField.Role.ID),
            new Declared("s", FieldType.STRING, null, null),
            new Declared("prose", FieldType.TEXT, null, null),
            new Declared("word", FieldType.ENUM, null, null),
            new Declared("u", FieldType.UUID, null, null),
            new Declared("b", FieldType.BOOL, null, null),
            new Declared("n", FieldType.INT64, null, null),
            new Declared("m", FieldType.MONEY, null, null),
            new Declared("d", FieldType.DECIMAL, null, null),
            new Declared("x", FieldType.DOUBLE, null, null),
            new Declared("t", FieldType.TIMESTAMP, null, null),
            new Declared("day", FieldType.DATE, null, null),
            new Declared("tags", FieldType.STRINGS, null, null),
            new Declared("owner", FieldType.STRING, "User", null),
            new Declared("team", FieldType.STRING, "Group", PlanField.Role.PARENT),
            new Declared("folder", FieldType.INT64, "Folder", PlanField.Role.PARENT),
            new Declared("readers", FieldType.STRINGS, "User", null),
            new Declared("groups", FieldType.STRINGS, "Group", PlanField.Role.PARENT),
            new Declared("crew.name", FieldType.STRING, null, null),
            new Declared("crew.size", FieldType.INT64, null, null));

    static final Dataset DATASET =
            new Dataset("things", 1, "plan_it.things", "tenant_id", List.of("c_id"), TYPE, null, fields());

    private Things() {}

    private static List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (Declared declared : FIELDS) {
            fields.add(new Field(
                    declared.column(),
                    declared.type(),
                    new Source.Column(declared.column()),
                    Field.PUBLIC,
                    declared.path(),
                    !declared.path().equals("id"),
                    Set.of(),
                    declared.type() == FieldType.ENUM ? WORDS : List.of()));
        }
        return fields;
    }

    /** What the planner is told. */
    static RowType rowType() {
        return RowType.of(
                TYPE,
                FIELDS.stream()
                        .map(field -> new PlanField(
                                field.path(), PlanField.PUBLIC, field.type(), field.entity(), field.role()))
                        .toList());
    }

    /** Rows as the interpreter takes them, by column. */
    static List<Map<String, Object>> rows(Random random, int count) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            double absent = random.nextInt(5) == 0 ? 0.8 : 0.15;
            for (Declared declared : FIELDS) {
                if (declared.path().equals("id")) {
                    row.put(declared.column(), "r" + i);
                } else if (random.nextDouble() >= absent) {
                    row.put(declared.column(), value(declared, random));
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static Object value(Declared declared, Random random) {
        if (declared.entity() != null) {
            return switch (declared.type()) {
                case STRINGS -> list(random, ENTITIES, Things::entityId);
                case INT64 -> (long) random.nextInt(ENTITIES);
                default -> entityId(random.nextInt(ENTITIES));
            };
        }
        return switch (declared.type()) {
            case STRING, TEXT -> pick(random, TEXTS);
            case ENUM -> pick(random, WORDS);
            case UUID -> pick(random, UUIDS);
            case BOOL -> random.nextBoolean();
            case INT64, MONEY -> pick(random, NUMBERS);
            case DECIMAL -> pick(random, DECIMALS);
            case DOUBLE -> random.nextInt(3) / 2.0;
            case TIMESTAMP -> pick(random, INSTANTS);
            case DATE -> pick(random, DAYS);
            case STRINGS -> list(random, TEXTS.size(), TEXTS::get);
        };
    }

    static String entityId(int number) {
        return "e" + number;
    }

    private static List<String> list(Random random, int bound, java.util.function.IntFunction<String> text) {
        List<String> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(text.apply(random.nextInt(bound)));
        }
        return list;
    }

    static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** The row as an entity: absent values are absent attributes, and a record without attributes is absent. */
    static EntityFacts entity(Map<String, Object> row) {
        Map<String, Value> attributes = new HashMap<>();
        Map<String, Value> crew = new HashMap<>();
        Set<EntityUid> parents = new HashSet<>();
        for (Declared declared : FIELDS) {
            Object stored = row.get(declared.column());
            Value value = stored == null || declared.type() == FieldType.DOUBLE ? null : cedar(declared, stored);
            if (value == null) {
                continue;
            }
            if (declared.path().startsWith("crew.")) {
                crew.put(declared.path().substring("crew.".length()), value);
            } else {
                attributes.put(declared.path(), value);
            }
            if (declared.role() == PlanField.Role.PARENT) {
                collect(value, parents);
            }
        }
        if (!crew.isEmpty()) {
            attributes.put("crew", new Value.Fields(crew));
        }
        return new EntityFacts(uid(row), attributes, Map.of(), parents);
    }

    static EntityUid uid(Map<String, Object> row) {
        return new EntityUid(TYPE, String.valueOf(row.get("c_id")));
    }

    private static void collect(Value value, Set<EntityUid> parents) {
        if (value instanceof Value.Reference(EntityUid uid)) {
            parents.add(uid);
        } else if (value instanceof Value.SetOf(Set<Value> values)) {
            values.forEach(element -> collect(element, parents));
        }
    }

    /** The mapping that the planner's document names: what a stored value is in a policy. */
    private static Value cedar(Declared declared, Object stored) {
        String entity = declared.entity();
        if (stored instanceof List<?> list) {
            Set<Value> values = new HashSet<>();
            list.forEach(element -> values.add(text(entity, String.valueOf(element))));
            return new Value.SetOf(values);
        } else if (entity != null) {
            return text(entity, stored.toString());
        }
        return switch (stored) {
            case String text -> new Value.Text(text);
            case UUID uuid -> new Value.Text(uuid.toString());
            case Boolean flag -> Value.Flag.of(flag);
            case Long number -> new Value.Whole(number);
            case BigDecimal decimal -> new Decimal(decimal.movePointRight(4).longValueExact());
            case Instant instant ->
                new Datetime(instant.truncatedTo(ChronoUnit.MILLIS).toEpochMilli());
            case LocalDate day -> new Datetime(day.toEpochDay() * 86_400_000);
            default -> throw new IllegalArgumentException(stored.getClass().toString());
        };
    }

    private static Value text(@Nullable String entity, String text) {
        return entity == null ? new Value.Text(text) : new Value.Reference(new EntityUid(entity, text));
    }
}
