package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Aggregate.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. Placeholders are {@code $n::type}: no driver guesses, no plan depends on which value came first. */
enum PostgresDialect implements Dialect {
    INSTANCE;

    @Override
    public String typeName(FieldType type) {
        return switch (type) {
            case STRING, TEXT, ENUM -> "text";
            case STRINGS -> "text[]";
            case BOOL -> "boolean";
            case INT64, MONEY -> "bigint";
            case DECIMAL -> "numeric";
            case DOUBLE -> "double precision";
            case TIMESTAMP -> "timestamptz";
            case DATE -> "date";
            case UUID -> "uuid";
        };
    }

    @Override
    public Object bound(FieldType type, Object value) {
        return Binds.value(value);
    }

    @Override
    public Class<?> bindType(FieldType type) {
        return Binds.type(type);
    }

    @Override
    public void placeholder(StringBuilder out, int number, String typeName, boolean array) {
        out.append('$').append(number).append("::").append(typeName).append(array ? "[]" : "");
    }

    @Override
    public boolean boundsDecimals() {
        return false;
    }

    @Override
    public void value(SqlText out, Field field) {
        if (!out.writes()) {
            // Nothing is bound by a field.
            return;
        }
        List<String> path = Dialect.path(field.source());
        if (path.isEmpty()) {
            Dialect.stored(out, field);
        } else if (field.type() == FieldType.STRINGS) {
            out.sql("CASE WHEN jsonb_typeof(");
            member(out, field, path, false);
            out.sql(") = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(");
            member(out, field, path, false);
            out.sql(")) END");
        } else {
            out.sql("(");
            member(out, field, path, true);
            out.sql(")");
            if (!field.type().isText()) {
                out.sql("::").type(field.type());
            }
        }
    }

    private static void member(SqlText out, Field field, List<String> path, boolean asText) {
        Dialect.stored(out, field);
        for (int i = 0; i < path.size(); i++) {
            out.sql(asText && i + 1 == path.size(), "->>", "->").literal(path.get(i));
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
        if (field.type().isText()) {
            out.sql(" COLLATE \"C\"");
        }
    }

    @Override
    public void lowered(SqlText out, Field field) {
        out.sql("lower(");
        value(out, field);
        out.sql(" COLLATE \"pg_c_utf8\") COLLATE \"C\"");
    }

    @Override
    public void isNull(SqlText out, Field field, boolean wanted) {
        if (isJsonList(field)) {
            list(out, field);
            out.sql(wanted, " IS NOT TRUE", " IS TRUE");
        } else {
            value(out, field);
            out.sql(wanted, " IS NULL", " IS NOT NULL");
        }
    }

    @Override
    public void in(SqlText out, Part left, FieldType type, List<Object> values) {
        left.to(out);
        out.sql(" = ANY (").bindAll(type, values).sql(")");
    }

    /** LIKE rather than strpos: a trigram index serves it. PostgreSQL's default escape is the backslash. */
    @Override
    public void contains(SqlText out, Part left, String text) {
        left.to(out);
        out.sql(" LIKE ").bind(FieldType.STRING, '%' + escaped(text) + '%');
    }

    @Override
    public void endsWith(SqlText out, Part left, String text) {
        left.to(out);
        out.sql(" LIKE ").bind(FieldType.STRING, '%' + escaped(text));
    }

    private static String escaped(String text) {
        StringBuilder pattern = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '_' || c == '\\') {
                pattern.append('\\');
            }
            pattern.append(c);
        }
        return pattern.toString();
    }

    @Override
    public void hasAll(SqlText out, Field field, List<Object> texts) {
        lists(out, field, texts, true);
    }

    @Override
    public void hasAny(SqlText out, Field field, List<Object> texts) {
        lists(out, field, texts, false);
    }

    /** A GIN index serves the column's operators; a member of JSON is read row by row. */
    private static void lists(SqlText out, Field field, List<Object> texts, boolean all) {
        if (isJsonList(field)) {
            out.sql("(");
            list(out, field);
            out.sql(all, " AND jsonb_exists_all(", " AND jsonb_exists_any(");
            member(out, field, Dialect.path(field.source()), false);
            out.sql(", ").bindAll(FieldType.STRING, texts).sql("))");
        } else {
            Dialect.stored(out, field);
            out.sql(all, " @> ", " && ").bindAll(FieldType.STRING, texts);
        }
    }

    private static boolean isJsonList(Field field) {
        return field.type() == FieldType.STRINGS
                && !Dialect.path(field.source()).isEmpty();
    }

    private static void list(SqlText out, Field field) {
        out.sql("(jsonb_typeof(");
        member(out, field, Dialect.path(field.source()), false);
        out.sql(") = 'array')");
    }

    @Override
    public void search(SqlText out, Field field, List<Object> words) {
        words(out, field);
        out.sql(" @> ").bindAll(FieldType.STRING, words);
    }

    @Override
    public void rank(SqlText out, Field field, List<Object> words) {
        out.sql("(SELECT count(*) FROM unnest(");
        words(out, field);
        out.sql(") AS w (word) WHERE w.word = ANY (")
                .bindAll(FieldType.STRING, words)
                .sql("))");
    }

    /** The expression that a GIN index over the words has; see {@link Words}. */
    private void words(SqlText out, Field field) {
        out.sql("string_to_array(regexp_replace(lower(");
        value(out, field);
        out.sql("""
                 COLLATE "pg_c_utf8"), \
                '[\\u0001-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u00A9\\u00AB-\\u00B4\\u00B6-\\u00B9\\u00BB-\\u00BF\
                \\u00D7\\u00F7\\u2000-\\u206F\\u2190-\\u2BFF\\u3000-\\u3004\\u3008-\\u3020\\u3030\
                \\uFF01-\\uFF0F\\uFF1A-\\uFF20\\uFF3B-\\uFF40\\uFF5B-\\uFF65]+', ' ', 'g'), ' ')""");
    }

    @Override
    public void bucket(SqlText out, Field field, CalendarUnit unit, String tz) {
        out.sql("date_trunc('");
        unit(out, unit);
        out.sql("', ");
        value(out, field);
        if (field.type() == FieldType.DATE) {
            out.sql("::timestamp)::date");
        } else if (unit.isCalendar()) {
            out.sql(" AT TIME ZONE ").bind(FieldType.STRING, tz).sql(")::date");
        } else {
            // Keeps the offset of the very instant.
            out.sql(", ").bind(FieldType.STRING, tz).sql(")");
        }
    }

    /** The unit's name inside a literal. */
    static void unit(SqlText out, CalendarUnit unit) {
        switch (unit) {
            case MINUTE -> out.sql("minute");
            case HOUR -> out.sql("hour");
            case DAY -> out.sql("day");
            case WEEK -> out.sql("week");
            case MONTH -> out.sql("month");
            case QUARTER -> out.sql("quarter");
            case YEAR -> out.sql("year");
        }
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
                out.sql(type == FieldType.DOUBLE, "", "::numeric");
            }
            case MIN -> out.sql("min(r.").name(column).sql(")");
            case MAX -> out.sql("max(r.").name(column).sql(")");
            case AVG -> average(out, type, column);
            case PERCENTILE ->
                out.sql("percentile_disc(")
                        .bind(FieldType.DOUBLE, SqlAggregate.share(measure))
                        .sql(") WITHIN GROUP (ORDER BY r.")
                        .name(column)
                        .sql(")");
        }
    }

    /** Half away from zero to six digits, by whole division: numeric's own division cuts off where it likes. */
    private static void average(SqlText out, FieldType type, String column) {
        if (type == FieldType.DOUBLE) {
            out.sql("sum(r.").name(column).sql(") / count(r.").name(column).sql(")");
            return;
        }
        out.sql("sign(sum(r.").name(column).sql(")) * div(2000000 * abs(sum(r.");
        out.name(column).sql(")) + count(r.").name(column);
        out.sql("), 2 * count(r.").name(column).sql(")) * 0.000001");
    }

    @Override
    public void latest(SqlText out, Source.Eav attribute) {
        out.sql("(array_agg(v.").name(attribute.value()).sql(" ORDER BY ");
        for (int i = 0; i < attribute.latest().size(); i++) {
            out.sql(i == 0, "v.", ", v.").name(attribute.latest().get(i)).sql(" DESC");
        }
        out.sql(") FILTER (WHERE v.")
                .name(attribute.attribute())
                .sql(" = ")
                .number(attribute.id())
                .sql("))[1]");
    }
}
