package io.ashlar.filter.dsl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The datasets that tests ask. */
final class Datasets {

    private static final List<Op> FIRST_OPS =
            List.of(Op.EQ, Op.NEQ, Op.GT, Op.GTE, Op.LT, Op.LTE, Op.BETWEEN, Op.IN, Op.CONTAINS, Op.IS_NULL);

    /** As the demo declares it: the hot projection of ingested flights. */
    static final Dataset FLIGHTS = new Dataset(
            "flights",
            3,
            "ingest.entity_jsonb",
            "tenant_id",
            List.of("entity_id"),
            "Flight",
            "flight:",
            List.of(
                    new Field("entity_id", FieldType.STRING, new Source.Column("entity_id")).notNull(),
                    json("date", FieldType.TIMESTAMP),
                    json("delay", FieldType.INT64),
                    json("distance", FieldType.INT64).withSensitivity("commercial"),
                    json("origin", FieldType.STRING),
                    json("destination", FieldType.STRING)));

    /** The same with the operators that there were when the golden file was written. */
    static final Dataset FIRST_FLIGHTS = withFirstOperators(FLIGHTS);

    /** The accounts of the seed's example. */
    static final Dataset ACCOUNTS = new Dataset(
            "accounts",
            1,
            "crm.accounts",
            "tenant_id",
            List.of("id"),
            "Account",
            null,
            List.of(
                    new Field("id", FieldType.UUID, new Source.Column("id")).notNull(),
                    new Field("created_at", FieldType.TIMESTAMP, new Source.Column("created_at")).notNull(),
                    new Field("status", FieldType.STRING, new Source.Column("status")),
                    new Field("day", FieldType.DATE, new Source.Column("day")),
                    new Field("balance", FieldType.DECIMAL, new Source.Column("balance")),
                    new Field("score", FieldType.DOUBLE, new Source.Column("score")),
                    new Field("active", FieldType.BOOL, new Source.Column("active")),
                    new Field(
                            "note",
                            FieldType.STRING,
                            new Source.Column("note"),
                            Field.PUBLIC,
                            "memo.text",
                            true,
                            Set.of(Op.CONTAINS, Op.IS_NULL)),
                    new Field("visits", FieldType.INT64, new Source.Column("visits"))));

    /** The types of the first version of this language. */
    static final List<FieldType> FIRST_TYPES = List.of(
            FieldType.STRING,
            FieldType.BOOL,
            FieldType.INT64,
            FieldType.DECIMAL,
            FieldType.DOUBLE,
            FieldType.TIMESTAMP,
            FieldType.DATE,
            FieldType.UUID);

    /** What the first datasets do not have: money, enums, lists, prose, a member deep in a document, an attribute. */
    static final Dataset ORDERS = new Dataset(
            "orders",
            4,
            "shop.orders",
            "tenant_id",
            List.of("id"),
            "Order",
            null,
            List.of(
                    new Field("id", FieldType.STRING, new Source.Column("id")).notNull(),
                    new Field("placed_at", FieldType.TIMESTAMP, new Source.Column("placed_at")).notNull(),
                    new Field("due", FieldType.DATE, new Source.Column("due")),
                    new Field("total", FieldType.MONEY, new Source.Column("total")),
                    new Field("rate", FieldType.DECIMAL, new Source.Column("rate")),
                    Field.ofEnum("state", new Source.Column("state"), List.of("open", "paid", "sent")),
                    new Field("tags", FieldType.STRINGS, new Source.Column("tags")),
                    new Field("labels", FieldType.STRINGS, new Source.JsonField("attributes", "labels")),
                    new Field("note", FieldType.TEXT, new Source.Column("note")),
                    new Field("weight", FieldType.DOUBLE, new Source.Column("weight")),
                    new Field(
                            "serial", FieldType.STRING, new Source.JsonPath("attributes", List.of("engine", "serial"))),
                    attribute("speed", FieldType.INT64, 7, "v_int64"),
                    attribute("driver", FieldType.STRING, 9, "v_string")));

    /** Every one of these types twice: as a column and as a member of a jsonb column. */
    static final Dataset THINGS = things();

    private Datasets() {}

    static Set<String> visible(Dataset dataset) {
        Set<String> names = new LinkedHashSet<>();
        dataset.fields().forEach(field -> names.add(field.name()));
        return names;
    }

    private static Field attribute(String name, FieldType type, int id, String value) {
        List<String> latest = List.of("event_at", "log_partition", "log_offset", "record_index");
        return new Field(
                name, type, new Source.Eav("ingest.entity_values", "entity_id", "attribute_id", id, value, latest));
    }

    private static Field json(String name, FieldType type) {
        return new Field(name, type, new Source.JsonField("attributes", name));
    }

    private static Dataset things() {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("id", FieldType.STRING, new Source.Column("id")).notNull());
        fields.add(new Field("rank", FieldType.INT64, new Source.Column("rank")).notNull());
        for (FieldType type : FIRST_TYPES) {
            String name = type.wire();
            fields.add(new Field("c_" + name, type, new Source.Column("c_" + name)));
            fields.add(new Field("j_" + name, type, new Source.JsonField("attributes", name)));
        }
        return new Dataset("things", 1, "dsl_it.things", "tenant_id", List.of("id"), "Thing", "thing:", fields);
    }

    private static Dataset withFirstOperators(Dataset dataset) {
        List<Field> fields = dataset.fields().stream()
                .map(field -> new Field(
                        field.name(),
                        field.type(),
                        field.source(),
                        field.sensitivity(),
                        field.cedarAttribute(),
                        field.nullable(),
                        FIRST_OPS.stream().filter(field.operators()::contains).collect(Collectors.toSet())))
                .toList();
        return new Dataset(
                dataset.name(),
                dataset.version(),
                dataset.relation(),
                dataset.tenantColumn(),
                dataset.key(),
                dataset.cedarType(),
                dataset.entityPrefix(),
                fields);
    }
}
