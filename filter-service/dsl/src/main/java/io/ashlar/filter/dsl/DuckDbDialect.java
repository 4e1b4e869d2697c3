package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Aggregate.Measure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DuckDB. Strings compare by bytes, which for UTF-8 is by code point; {@code lower} maps one code point to one. */
enum DuckDbDialect implements Dialect {
    INSTANCE;

    /** With fewer digits after the point, a constant that is compared would be rounded to as few. */
    private static final String EXACT = "::DECIMAL(38,10)";

    @Override
    public String typeName(FieldType type) {
        return switch (type) {
            case STRING, TEXT, ENUM -> "VARCHAR";
            case STRINGS -> "VARCHAR[]";
            case BOOL -> "BOOLEAN";
            case INT64, MONEY -> "BIGINT";
            case DECIMAL -> "DECIMAL(38,10)";
            case DOUBLE -> "DOUBLE";
            case TIMESTAMP -> "TIMESTAMPTZ";
            case DATE -> "DATE";
            case UUID -> "UUID";
        };
    }

    @Override
    public Object bound(FieldType type, Object value) {
        return switch (value) {
            // The driver knows no negative scales, and no days between the Julian and the Gregorian calendar.
            case BigDecimal number when number.scale() < 0 -> number.setScale(0);
            case LocalDate day -> day.toString();
            default -> Binds.value(value);
        };
    }

    @Override
    public Class<?> bindType(FieldType type) {
        return type == FieldType.DATE ? String.class : Binds.type(type);
    }

    @Override
    public void placeholder(StringBuilder out, int number, String typeName, boolean array) {
        out.append('$').append(number).append("::").append(typeName).append(array ? "[]" : "");
    }

    @Override
    public boolean boundsDecimals() {
        return true;
    }

    @Override
    public void value(SqlText out, Field field) {
        List<String> path = Dialect.path(field.source());
        if (path.isEmpty()) {
            Dialect.stored(out, field);
            return;
        }
        boolean list = field.type() == FieldType.STRINGS;
        out.sql("(");
        Dialect.stored(out, field);
        for (int i = 0; i < path.size(); i++) {
            // A plain string would be read as a path when it begins with a dollar sign or a slash; no name does.
            out.sql(!list && i + 1 == path.size(), "->>", "->").literal(path.get(i));
        }
        out.sql(")");
        if (!field.type().isText()) {
            out.sql("::").type(field.type());
        }
    }

    @Override
    public void selected(SqlText out, Field field) {
        value(out, field);
        if (Dialect.path(field.source()).isEmpty()) {
            out.sql("::").type(field.type());
        }
    }

    @Override
    public void compared(SqlText out, Field field) {
        value(out, field);
    }

    @Override
    public void lowered(SqlText out, Field field) {
        out.sql("lower(");
        value(out, field);
        out.sql(")");
    }

    @Override
    public void isNull(SqlText out, Field field, boolean wanted) {
        value(out, field);
        out.sql(wanted, " IS NULL", " IS NOT NULL");
    }

    @Override
    public void in(SqlText out, Part left, FieldType type, List<Object> values) {
        out.sql("list_contains(").bindAll(type, values).sql(", ");
        left.to(out);
        out.sql(")");
    }

    @Override
    public void contains(SqlText out, Part left, String text) {
        out.sql("contains(");
        left.to(out);
        out.sql(", ").bind(FieldType.STRING, text).sql(")");
    }

    @Override
    public void endsWith(SqlText out, Part left, String text) {
        out.sql("ends_with(");
        left.to(out);
        out.sql(", ").bind(FieldType.STRING, text).sql(")");
    }

    @Override
    public void hasAll(SqlText out, Field field, List<Object> texts) {
        out.sql("list_has_all(");
        value(out, field);
        out.sql(", ").bindAll(FieldType.STRING, texts).sql(")");
    }

    @Override
    public void hasAny(SqlText out, Field field, List<Object> texts) {
        out.sql("list_has_any(");
        value(out, field);
        out.sql(", ").bindAll(FieldType.STRING, texts).sql(")");
    }

    @Override
    public void search(SqlText out, Field field, List<Object> words) {
        out.sql("list_has_all(");
        words(out, field);
        out.sql(", ").bindAll(FieldType.STRING, words).sql(")");
    }

    @Override
    public void rank(SqlText out, Field field, List<Object> words) {
        out.sql("coalesce(len(list_filter(");
        words(out, field);
        out.sql(", lambda w: list_contains(").bindAll(FieldType.STRING, words).sql(", w))), 0)");
    }

    private void words(SqlText out, Field field) {
        out.sql("string_split(regexp_replace(");
        lowered(out, field);
        out.sql("""
                , '[\\x{01}-\\x{2F}\\x{3A}-\\x{40}\\x{5B}-\\x{60}\\x{7B}-\\x{A9}\\x{AB}-\\x{B4}\\x{B6}-\\x{B9}\\x{BB}-\\x{BF}\
                \\x{D7}\\x{F7}\\x{2000}-\\x{206F}\\x{2190}-\\x{2BFF}\\x{3000}-\\x{3004}\\x{3008}-\\x{3020}\\x{3030}\
                \\x{FF01}-\\x{FF0F}\\x{FF1A}-\\x{FF20}\\x{FF3B}-\\x{FF40}\\x{FF5B}-\\x{FF65}]+', ' ', 'g'), ' ')""");
    }

    @Override
    public void bucket(SqlText out, Field field, CalendarUnit unit, String tz) {
        if (field.type() == FieldType.DATE || unit.isCalendar()) {
            cut(out, field, unit, tz);
            out.sql("::DATE");
            return;
        }
        // What has passed of the unit on the wall is taken off the instant, so that its offset stays.
        value(out, field);
        out.sql(" - (");
        local(out, field, tz);
        out.sql(" - ");
        cut(out, field, unit, tz);
        out.sql(")");
    }

    private void cut(SqlText out, Field field, CalendarUnit unit, String tz) {
        out.sql("date_trunc('");
        PostgresDialect.unit(out, unit);
        out.sql("', ");
        local(out, field, tz);
        out.sql(")");
    }

    private void local(SqlText out, Field field, String tz) {
        if (field.type() == FieldType.DATE) {
            value(out, field);
            return;
        }
        out.sql("(");
        value(out, field);
        out.sql(" AT TIME ZONE ").bind(FieldType.STRING, tz).sql(")");
    }

    @Override
    public void measure(SqlText out, Measure measure, @Nullable FieldType type, String column) {
        if (type == null) {
            out.sql("count(*)");
            return;
        }
        switch (measure.fn()) {
            case COUNT -> out.sql("count(r.").name(column).sql(")");
            case COUNT_DISTINCT -> out.sql("count(DISTINCT r.").name(column).sql(")");
            case SUM -> {
                out.sql("sum(r.").name(column).sql(")");
                if (type != FieldType.DOUBLE) {
                    out.sql(EXACT);
                }
            }
            case MIN -> out.sql("min(r.").name(column).sql(")");
            case MAX -> out.sql("max(r.").name(column).sql(")");
            case AVG -> average(out, type, column);
            case PERCENTILE ->
                out.sql("list_sort(list(r.")
                        .name(column)
                        .sql(") FILTER (WHERE r.")
                        .name(column)
                        .sql(" IS NOT NULL))[greatest(1, ceil(")
                        .bind(FieldType.DOUBLE, SqlAggregate.share(measure))
                        .sql(" * count(r.")
                        .name(column)
                        .sql("))::BIGINT)]");
        }
    }

    /** As in {@link PostgresDialect}, in whole numbers of 128 bits; ten digits of a decimal are moved before the point. */
    private static void average(SqlText out, FieldType type, String column) {
        if (type == FieldType.DOUBLE) {
            out.sql("sum(r.").name(column).sql(") / count(r.").name(column).sql(")");
            return;
        }
        boolean decimal = type == FieldType.DECIMAL;
        out.sql("((sign(sum(r.").name(column).sql(")) * ((2000000 * abs(");
        out.sql(decimal, "(sum(r.", "sum(r.").name(column).sql(decimal, ") * 10000000000)::HUGEINT) + ", ")) + ");
        out.sql("count(r.")
                .name(column)
                .sql(decimal, ") * 10000000000) // (20000000000 * count(r.", ")) // (2 * count(r.");
        out.name(column).sql("))))::DECIMAL(32,0) * 0.000001::DECIMAL(6,6))").sql(EXACT);
    }

    @Override
    public void latest(SqlText out, Source.Eav attribute) {
        out.sql("first(v.").name(attribute.value()).sql(" ORDER BY ");
        for (int i = 0; i < attribute.latest().size(); i++) {
            out.sql(i == 0, "v.", ", v.").name(attribute.latest().get(i)).sql(" DESC");
        }
        out.sql(") FILTER (WHERE v.")
                .name(attribute.attribute())
                .sql(" = ")
                .number(attribute.id())
                .sql(")");
    }
}
