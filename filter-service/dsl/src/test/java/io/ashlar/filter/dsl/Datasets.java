package io.ashlar.filter.dsl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The datasets that tests ask. */
final class Datasets {

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

    /** Every type twice: as a column and as a member of a jsonb column. */
    static final Dataset THINGS = things();

    private Datasets() {}

    static Set<String> visible(Dataset dataset) {
        Set<String> names = new LinkedHashSet<>();
        dataset.fields().forEach(field -> names.add(field.name()));
        return names;
    }

    private static Field json(String name, FieldType type) {
        return new Field(name, type, new Source.JsonField("attributes", name));
    }

    private static Dataset things() {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("id", FieldType.STRING, new Source.Column("id")).notNull());
        fields.add(new Field("rank", FieldType.INT64, new Source.Column("rank")).notNull());
        for (FieldType type : FieldType.values()) {
            String name = type.wire();
            fields.add(new Field("c_" + name, type, new Source.Column("c_" + name)));
            fields.add(new Field("j_" + name, type, new Source.JsonField("attributes", name)));
        }
        return new Dataset("things", 1, "dsl_it.things", "tenant_id", List.of("id"), "Thing", "thing:", fields);
    }
}
