package io.ashlar.filter.dataset;

import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Source;
import io.ashlar.router.client.DescribeAnswer;
import io.ashlar.router.client.DescribeAnswer.Column;
import io.ashlar.router.client.DescribeAnswer.Index;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds a declaration against the catalogue of the store, and finds everything that does not fit. */
final class CatalogueCheck {

    private static final Set<String> TEXTS = Set.of("text", "character varying", "character", "citext");
    static final Set<String> WHOLES = Set.of("smallint", "integer", "bigint");

    private final Dataset dataset;
    private final Map<String, Column> columns;
    private final List<Index> indexes;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> warnings = new ArrayList<>();

    private CatalogueCheck(Dataset dataset, DescribeAnswer catalogue) {
        this.dataset = dataset;
        this.columns = catalogue.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
        this.indexes = catalogue.indexes();
    }

    /**
     * What was found.
     *
     * @param faults the declaration cannot be accepted unless empty
     * @param warnings it can, but queries may be slow or fail on some rows
     */
    record Findings(List<Fault> faults, List<Fault> warnings) {

        Findings {
            faults = List.copyOf(faults);
            warnings = List.copyOf(warnings);
        }
    }

    static Findings of(Dataset dataset, DescribeAnswer catalogue) {
        CatalogueCheck check = new CatalogueCheck(dataset, catalogue);
        check.tenantColumn();
        check.fields();
        check.order();
        return new Findings(check.faults, check.warnings);
    }

    /** What a declaration can contradict without any catalogue: an attribute that means two fields means none. */
    static List<Fault> ambiguities(Dataset dataset) {
        List<Fault> found = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        for (int i = 0; i < dataset.fields().size(); i++) {
            Field field = dataset.fields().get(i);
            String owner = owners.putIfAbsent(field.cedarAttribute(), field.name());
            if (owner != null) {
                found.add(new Fault(
                        "duplicate_value",
                        "/fields/" + i + "/cedar_attribute",
                        "The field " + owner + " has this attribute already."));
            }
        }
        return found;
    }

    private void tenantColumn() {
        Column column = column(dataset.tenantColumn(), "/tenant_column");
        if (column == null) {
            return;
        }
        if (!column.type().equals("uuid")) {
            faults.add(wrongType("/tenant_column", column, Set.of("uuid")));
        }
        if (column.nullable()) {
            faults.add(new Fault(
                    "column_nullable",
                    "/tenant_column",
                    "The column may be null; a row without a tenant is nobody's."));
        }
    }

    private void fields() {
        for (int i = 0; i < dataset.fields().size(); i++) {
            Field field = dataset.fields().get(i);
            String pointer = "/fields/" + i;
            switch (field.source()) {
                case Source.Column(String name) -> plain(field, name, pointer);
                case Source.JsonField(String name, String key) -> member(field, name, pointer);
                case Source.JsonPath(String name, List<String> path) -> member(field, name, pointer);
                case Source.Eav eav -> {
                    // Of another relation: AttributeCheck's.
                }
            }
        }
    }

    private void plain(Field field, String name, String pointer) {
        Column column = column(name, pointer + "/source/column");
        if (column == null) {
            return;
        }
        Set<String> accepted = accepted(field.type());
        if (!accepted.contains(baseType(column))) {
            faults.add(wrongType(pointer + "/type", column, accepted));
        }
        if (!field.nullable() && column.nullable()) {
            faults.add(new Fault(
                    "column_nullable", pointer + "/nullable", "The column may be null, so the field may be absent."));
        }
    }

    private void member(Field field, String name, String pointer) {
        Column column = column(name, pointer + "/source/json");
        if (column == null) {
            return;
        }
        if (!column.type().equals("jsonb")) {
            faults.add(wrongType(pointer + "/source/json", column, Set.of("jsonb")));
        }
        if (!field.nullable()) {
            warnings.add(new Fault(
                    "presence_unproven",
                    pointer + "/nullable",
                    "The store does not promise that the member is there in every row."));
        }
    }

    /** Every page is ordered by the key in the end: without an index the whole dataset is sorted for each. */
    private void order() {
        List<String> wanted = new ArrayList<>();
        wanted.add(dataset.tenantColumn());
        for (String part : dataset.key()) {
            Field field = dataset.field(part);
            if (field == null || !(field.source() instanceof Source.Column(String name))) {
                warnings.add(new Fault(
                        "no_index_for_key", "/key", "A key inside a JSON column has no index that pages can follow."));
                return;
            }
            wanted.add(name);
        }
        boolean found = indexes.stream()
                .filter(index -> index.method().equals("btree"))
                .anyMatch(index -> index.columns().size() >= wanted.size()
                        && index.columns().subList(0, wanted.size()).equals(wanted));
        if (!found) {
            warnings.add(
                    new Fault("no_index_for_key", "/key", "No index begins with " + String.join(", ", wanted) + "."));
        }
    }

    private @Nullable Column column(String name, String pointer) {
        Column column = columns.get(name);
        if (column == null) {
            faults.add(unknownColumn(pointer, "The relation has no such column.", columns.keySet()));
        }
        return column;
    }

    static Fault unknownColumn(String pointer, String detail, Set<String> known) {
        List<String> names = known.stream().sorted().toList();
        return new Fault("unknown_column", pointer, detail, names.size() > 50 ? null : names, null);
    }

    static Fault wrongType(String pointer, Column column, Set<String> accepted) {
        return new Fault(
                "column_type",
                pointer,
                "The column " + column.name() + " is of type " + column.type() + ".",
                accepted.stream().sorted().toList(),
                null);
    }

    /** {@code numeric(10,2)} is {@code numeric}. */
    static String baseType(Column column) {
        String type = column.type().toLowerCase(Locale.ROOT);
        int bracket = type.indexOf('(');
        return bracket < 0 ? type : type.substring(0, bracket).strip();
    }

    /** The columns that a type can be read from. */
    static Set<String> accepted(FieldType type) {
        return switch (type) {
            case STRING, TEXT, ENUM -> TEXTS;
            case BOOL -> Set.of("boolean");
            case INT64, MONEY -> WHOLES;
            case DECIMAL -> Set.of("numeric");
            case DOUBLE -> Set.of("double precision", "real");
            case TIMESTAMP -> Set.of("timestamp with time zone");
            case DATE -> Set.of("date");
            case UUID -> Set.of("uuid");
            case STRINGS -> Set.of("text[]", "character varying[]");
        };
    }
}
