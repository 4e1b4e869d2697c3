package io.ashlar.filter.dsl;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The leaves of one statement: typed expressions for fields, typed placeholders for values, and the comparisons between
 * them. Collects the values in the order in which jOOQ renders the placeholders. Not thread-safe; for one statement.
 */
final class SqlParts {

    static final Name TABLE = DSL.name("t");

    private final List<Object> binds = new ArrayList<>();

    List<Object> binds() {
        return binds;
    }

    /** {@code $n::type}, bound when it is rendered. */
    org.jooq.Field<Object> bind(String type, Object value) {
        return CustomField.of("bind", SQLDataType.OTHER, ctx -> {
            binds.add(value);
            ctx.sql("$").sql(binds.size()).sql("::").sql(type);
        });
    }

    org.jooq.Field<Object> bind(FieldType type, Literal literal) {
        return bind(typeName(type), sqlValue(Values.checked(type, literal)));
    }

    /** One array, so that the statement's text does not depend on how many values there are. */
    org.jooq.Field<Object> bindAll(FieldType type, List<Object> values) {
        Object[] array =
                switch (type) {
                    case STRING -> new String[values.size()];
                    case BOOL -> new Boolean[values.size()];
                    case INT64 -> new Long[values.size()];
                    case DECIMAL -> new BigDecimal[values.size()];
                    case DOUBLE -> new Double[values.size()];
                    case TIMESTAMP -> new OffsetDateTime[values.size()];
                    case DATE -> new LocalDate[values.size()];
                    case UUID -> new UUID[values.size()];
                };
        for (int i = 0; i < array.length; i++) {
            array[i] = sqlValue(values.get(i));
        }
        return bind(typeName(type) + "[]", array);
    }

    /** The column, or the member of a jsonb column as the field's type; no collation. */
    static org.jooq.Field<Object> value(Field field) {
        return CustomField.of("value", SQLDataType.OTHER, ctx -> {
            switch (field.source()) {
                case Source.Column(String column) -> ctx.visit(DSL.name("t", column));
                case Source.JsonField(String column, String key) -> {
                    ctx.sql("(")
                            .visit(DSL.name("t", column))
                            .sql("->>")
                            .visit(DSL.inline(key))
                            .sql(")");
                    if (field.type() != FieldType.STRING) {
                        ctx.sql("::").sql(typeName(field.type()));
                    }
                }
            }
        });
    }

    /** What is selected: of the field's very type, also where the column is of a narrower one. */
    static org.jooq.Field<Object> selected(Field field) {
        return CustomField.of("selected", SQLDataType.OTHER, ctx -> {
            ctx.visit(value(field));
            if (field.source() instanceof Source.Column) {
                ctx.sql("::").sql(typeName(field.type()));
            }
        });
    }

    /** What is compared and ordered by: strings by code point, whatever the database's collation. */
    static org.jooq.Field<Object> compared(Field field) {
        if (field.type() != FieldType.STRING) {
            return value(field);
        }
        return CustomField.of(
                "compared", SQLDataType.OTHER, ctx -> ctx.visit(value(field)).sql(" COLLATE \"C\""));
    }

    /** In lower case, by a mapping that does not depend on the operating system; see {@link Texts#lower}. */
    static org.jooq.Field<Object> lowered(Field field) {
        return CustomField.of("lowered", SQLDataType.OTHER, ctx -> ctx.sql("lower(")
                .visit(value(field))
                .sql(" COLLATE \"pg_c_utf8\") COLLATE \"C\""));
    }

    static Condition compare(QueryPart left, String operator, QueryPart right) {
        return CustomCondition.of(
                ctx -> ctx.visit(left).sql(" ").sql(operator).sql(" ").visit(right));
    }

    static Condition suffixed(QueryPart left, String suffix) {
        return CustomCondition.of(ctx -> ctx.visit(left).sql(" ").sql(suffix));
    }

    /** True where the condition is false or unknown: the complement that a two-valued language means. */
    static Condition isNotTrue(Condition condition) {
        return CustomCondition.of(ctx -> ctx.sql("(").visit(condition).sql(") IS NOT TRUE"));
    }

    static String typeName(FieldType type) {
        return switch (type) {
            case STRING -> "text";
            case BOOL -> "boolean";
            case INT64 -> "bigint";
            case DECIMAL -> "numeric";
            case DOUBLE -> "double precision";
            case TIMESTAMP -> "timestamptz";
            case DATE -> "date";
            case UUID -> "uuid";
        };
    }

    private static Object sqlValue(Object value) {
        return value instanceof Instant instant ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC) : value;
    }
}
