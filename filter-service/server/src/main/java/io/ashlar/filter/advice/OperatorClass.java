package io.ashlar.filter.advice;

import io.ashlar.filter.client.Advice;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Source;
import io.ashlar.router.client.DescribeAnswer.Index;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the compiler's comparisons PostgreSQL looks up in an index under row-level security: those whose functions are all
 * {@code proleakproof} in {@code pg_proc} (PostgreSQL 18), of a plain column. Others are looked at row by row after the
 * tenant's condition, since they might tell of other tenants' rows by an error.
 */
record OperatorClass(Dataset dataset) {

    /** Why no index can serve a condition; null if one could. */
    @Nullable Advice unserved(Condition condition, Field field, String pointer, boolean wanted, List<Index> indexes) {
        boolean complement = (condition.op() == Op.NEQ || condition.op() == Op.NOT_IN) == wanted;
        if (condition.op() != Op.IS_NULL && complement) {
            return new Advice(
                    pointer,
                    field.name(),
                    Advice.COMPLEMENT,
                    null,
                    "What is not to be found is no range of an index: absent values are in it, too.",
                    "Name what is wanted: eq, in or between, beside it or instead.");
        }
        return switch (field.source()) {
            case Source.Eav eav ->
                new Advice(
                        pointer,
                        field.name(),
                        Advice.WORKED_OUT,
                        null,
                        "The latest value of an attribute is worked out for every entity.",
                        "Declare the attribute from the hot projection, or as a column.");
            case Source.JsonField member -> ofJson(field, pointer);
            case Source.JsonPath path -> ofJson(field, pointer);
            case Source.Column(String column) -> ofColumn(condition, field, column, pointer, indexes);
        };
    }

    private Advice ofJson(Field field, String pointer) {
        return leaky(pointer, field, null, "reading a member of JSON, and its cast, is not leakproof", generate(field));
    }

    private @Nullable Advice ofColumn(
            Condition condition, Field field, String column, String pointer, List<Index> indexes) {
        if (condition.op() == Op.IS_NULL) {
            return null;
        }
        String index = indexes.stream()
                .filter(each -> each.columns().stream().anyMatch(key -> key.contains(column)))
                .map(Index::name)
                .findFirst()
                .orElse(null);
        if (condition.ignoreCase()) {
            return leaky(
                    pointer,
                    field,
                    index,
                    "lower(…) is not leakproof",
                    "ALTER TABLE " + dataset.relation() + " ADD COLUMN " + column + "_lower text COLLATE \"C\""
                            + " GENERATED ALWAYS AS (lower(" + column
                            + " COLLATE \"pg_c_utf8\")) STORED; index it, declare it"
                            + " as a field, and compare that in lower case.");
        }
        return switch (condition.op()) {
            case CONTAINS, ENDS_WITH ->
                leaky(
                        pointer,
                        field,
                        index,
                        "LIKE is not leakproof",
                        "starts_with has an index; or narrow by another field.");
            case HAS, HAS_ANY, HAS_ALL ->
                leaky(
                        pointer,
                        field,
                        index,
                        "@> and && of arrays are not leakproof",
                        "Narrow by another field beside it.");
            case SEARCH ->
                leaky(
                        pointer,
                        field,
                        index,
                        "taking a text apart into words is not leakproof",
                        "Narrow by another field beside it.");
            case EQ, NEQ, GT, GTE, LT, LTE, BETWEEN, WITHIN, IN, NOT_IN, STARTS_WITH, IS_NULL ->
                field.type() == FieldType.DECIMAL
                        ? leaky(
                                pointer,
                                field,
                                index,
                                "comparisons of numeric are not leakproof",
                                "Keep the amount as whole minor units in a bigint column, of type money.")
                        : null;
        };
    }

    private static Advice leaky(
            String pointer, Field field, @Nullable String index, String why, @Nullable String help) {
        return new Advice(
                pointer,
                field.name(),
                Advice.NOT_LEAKPROOF,
                index,
                (index == null ? "No index can serve" : "Loses its index") + " under row-level security: " + why + ".",
                help);
    }

    /** A column of its own for what is worked out row by row. */
    @Nullable String generate(Field field) {
        String type =
                switch (field.type()) {
                    case STRING, ENUM -> "text COLLATE \"C\"";
                    case INT64, MONEY -> "bigint";
                    case DOUBLE -> "float8";
                    case BOOL -> "boolean";
                    case UUID -> "uuid";
                    case TIMESTAMP -> "timestamptz";
                    case DATE -> "date";
                    case TEXT, STRINGS, DECIMAL -> null;
                };
        return type == null
                ? null
                : "Keep the value in a column of type " + type + ", index (" + dataset.tenantColumn()
                        + ", that column), and declare it as the field's source.";
    }

    String create(Field field, String column) {
        boolean text =
                field.type() == FieldType.STRING || field.type() == FieldType.ENUM || field.type() == FieldType.TEXT;
        return "CREATE INDEX ON " + dataset.relation() + " (" + dataset.tenantColumn() + ", " + column
                + (text ? " COLLATE \"C\"" : "") + ");";
    }
}
