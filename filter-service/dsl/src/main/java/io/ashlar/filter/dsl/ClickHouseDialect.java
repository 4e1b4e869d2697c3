package io.ashlar.filter.dsl;

import com.google.errorprone.annotations.CompileTimeConstant;
import io.ashlar.filter.dsl.Aggregate.Measure;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * ClickHouse. Placeholders are its own named and typed parameters, {@code {p1:Int64}}. Columns that may be absent are
 * Nullable; what cannot be Nullable (a list) is empty where it is absent. Where it deviates is listed in the README.
 */
enum ClickHouseDialect implements Dialect {
    INSTANCE;

    @Override
    public String typeName(FieldType type) {
        return switch (type) {
            // Its UUIDs are ordered by their second half; their text is not.
            case STRING, TEXT, ENUM, UUID -> "String";
            case STRINGS -> "Array(String)";
            case BOOL -> "Bool";
            case INT64, MONEY -> "Int64";
            case DECIMAL -> "Decimal(38, 10)";
            case DOUBLE -> "Float64";
            case TIMESTAMP -> "DateTime64(6, 'UTC')";
            case DATE -> "Date32";
        };
    }

    @Override
    public Object bound(FieldType type, Object value) {
        return value instanceof UUID uuid ? uuid.toString() : Binds.value(value);
    }

    @Override
    public Class<?> bindType(FieldType type) {
        return type == FieldType.UUID ? String.class : Binds.type(type);
    }

    @Override
    public void placeholder(StringBuilder out, int number, String typeName, boolean array) {
        out.append("{p").append(number).append(array ? ":Array(" : ":").append(typeName);
        out.append(array ? ")}" : "}");
    }

    @Override
    public boolean boundsDecimals() {
        return true;
    }

    @Override
    public void value(SqlText out, Field field) {
        List<String> path = Dialect.path(field.source());
        if (path.isEmpty()) {
            stored(out, field);
            return;
        }
        switch (field.type()) {
            case STRING, TEXT, ENUM, UUID -> extract(out, field, path, "'Nullable(String)'");
            case BOOL -> extract(out, field, path, "'Nullable(Bool)'");
            case INT64, MONEY -> extract(out, field, path, "'Nullable(Int64)'");
            case DOUBLE -> extract(out, field, path, "'Nullable(Float64)'");
            case STRINGS -> extract(out, field, path, "'Array(String)'");
            case DECIMAL -> {
                // Read as text: as a number it would pass through a double.
                out.sql("toDecimal128OrNull(JSONExtractRaw(").sql("t.").name(column(field));
                members(out, path);
                out.sql("), 10)");
            }
            case TIMESTAMP -> {
                out.sql("parseDateTime64BestEffortOrNull(");
                extract(out, field, path, "'Nullable(String)'");
                out.sql(", 6, 'UTC')");
            }
            case DATE -> {
                out.sql("toDate32OrNull(");
                extract(out, field, path, "'Nullable(String)'");
                out.sql(")");
            }
        }
    }

    private static void stored(SqlText out, Field field) {
        if (field.type() == FieldType.UUID) {
            out.sql("toString(");
            Dialect.stored(out, field);
            out.sql(")");
        } else {
            Dialect.stored(out, field);
        }
    }

    private static void extract(SqlText out, Field field, List<String> path, @CompileTimeConstant String type) {
        out.sql("JSONExtract(t.").name(column(field));
        members(out, path);
        out.sql(", ").sql(type).sql(")");
    }

    private static void members(SqlText out, List<String> path) {
        path.forEach(member -> out.sql(", ").literal(member));
    }

    private static String column(Field field) {
        return switch (field.source()) {
            case Source.Column(String column) -> column;
            case Source.JsonField(String column, String key) -> column;
            case Source.JsonPath(String column, List<String> path) -> column;
            case Source.Eav eav -> eav.value();
        };
    }

    @Override
    public void selected(SqlText out, Field field) {
        value(out, field);
    }

    @Override
    public void compared(SqlText out, Field field) {
        value(out, field);
    }

    @Override
    public void lowered(SqlText out, Field field) {
        out.sql("lowerUTF8(");
        value(out, field);
        out.sql(")");
    }

    @Override
    public void isNull(SqlText out, Field field, boolean wanted) {
        if (field.type() == FieldType.STRINGS) {
            out.sql(wanted, "false", "true");
            return;
        }
        value(out, field);
        out.sql(wanted, " IS NULL", " IS NOT NULL");
    }

    @Override
    public void in(SqlText out, Part left, FieldType type, List<Object> values) {
        out.sql("has(").bindAll(type, values).sql(", ");
        left.to(out);
        out.sql(")");
    }

    @Override
    public void contains(SqlText out, Part left, String text) {
        out.sql("position(");
        left.to(out);
        out.sql(", ").bind(FieldType.STRING, text).sql(") > 0");
    }

    @Override
    public void endsWith(SqlText out, Part left, String text) {
        out.sql("endsWith(");
        left.to(out);
        out.sql(", ").bind(FieldType.STRING, text).sql(")");
    }

    @Override
    public void hasAll(SqlText out, Field field, List<Object> texts) {
        out.sql("hasAll(");
        value(out, field);
        out.sql(", ").bindAll(FieldType.STRING, texts).sql(")");
    }

    @Override
    public void hasAny(SqlText out, Field field, List<Object> texts) {
        out.sql("hasAny(");
        value(out, field);
        out.sql(", ").bindAll(FieldType.STRING, texts).sql(")");
    }

    @Override
    public void search(SqlText out, Field field, List<Object> words) {
        out.sql("hasAll(");
        words(out, field);
        out.sql(", ").bindAll(FieldType.STRING, words).sql(")");
    }

    @Override
    public void rank(SqlText out, Field field, List<Object> words) {
        out.sql("toInt64(arrayCount(w -> has(").bindAll(FieldType.STRING, words).sql(", w), ");
        words(out, field);
        out.sql("))");
    }

    /** Of an absent text, none: an array cannot be null here. */
    private void words(SqlText out, Field field) {
        out.sql("splitByChar(' ', replaceRegexpAll(ifNull(");
        lowered(out, field);
        out.sql("""
                , ''), '[\\\\x{01}-\\\\x{2F}\\\\x{3A}-\\\\x{40}\\\\x{5B}-\\\\x{60}\\\\x{7B}-\\\\x{A9}\\\\x{AB}-\\\\x{B4}\
                \\\\x{B6}-\\\\x{B9}\\\\x{BB}-\\\\x{BF}\\\\x{D7}\\\\x{F7}\\\\x{2000}-\\\\x{206F}\\\\x{2190}-\\\\x{2BFF}\
                \\\\x{3000}-\\\\x{3004}\\\\x{3008}-\\\\x{3020}\\\\x{3030}\\\\x{FF01}-\\\\x{FF0F}\\\\x{FF1A}-\\\\x{FF20}\
                \\\\x{FF3B}-\\\\x{FF40}\\\\x{FF5B}-\\\\x{FF65}]+', ' '))""");
    }

    @Override
    public void bucket(SqlText out, Field field, CalendarUnit unit, String tz) {
        if (field.type() == FieldType.DATE) {
            day(out, unit);
            value(out, field);
            out.sql("))");
        } else if (unit.isCalendar()) {
            day(out, unit);
            out.sql("toDate32(toTimeZone(");
            value(out, field);
            out.sql(", ").bind(FieldType.STRING, tz).sql("))))");
        } else {
            cut(out, field, unit, tz);
        }
    }

    private static void day(SqlText out, CalendarUnit unit) {
        out.sql("toDate32(dateTrunc('");
        PostgresDialect.unit(out, unit);
        out.sql("', ");
    }

    /** The instant without what has passed of the unit on the wall, in microseconds since the epoch. */
    private void cut(SqlText out, Field field, CalendarUnit unit, String tz) {
        long micros = unit == CalendarUnit.HOUR ? 3_600_000_000L : 60_000_000L;
        out.sql("fromUnixTimestamp64Micro(toUnixTimestamp64Micro(");
        value(out, field);
        out.sql(") - positiveModulo(toUnixTimestamp64Micro(");
        value(out, field);
        out.sql(") + 1000000 * timezoneOffset(toTimeZone(");
        value(out, field);
        out.sql(", ").bind(FieldType.STRING, tz).sql(")), ").number(micros).sql("), 'UTC')");
    }

    @Override
    public void measure(SqlText out, Measure measure, @Nullable FieldType type, String column) {
        if (type == null) {
            out.sql("toInt64(count())");
            return;
        }
        switch (measure.fn()) {
            case COUNT -> out.sql("toInt64(count(r.").name(column).sql("))");
            case COUNT_DISTINCT -> out.sql("toInt64(uniqExact(r.").name(column).sql("))");
            case SUM -> sum(out, type, column);
            case MIN -> out.sql("min(toNullable(r.").name(column).sql("))");
            case MAX -> out.sql("max(toNullable(r.").name(column).sql("))");
            case AVG -> average(out, type, column);
            case PERCENTILE ->
                out.sql("if(count(r.")
                        .name(column)
                        .sql(") = 0, NULL, arraySort(groupArray(r.")
                        .name(column)
                        .sql("))[greatest(1, toInt64(ceil(")
                        .bind(FieldType.DOUBLE, SqlAggregate.share(measure))
                        .sql(" * count(r.")
                        .name(column)
                        .sql("))))])");
        }
    }

    /** Its own sums of 64 bits overflow in silence. */
    private static void sum(SqlText out, FieldType type, String column) {
        if (type == FieldType.DOUBLE) {
            out.sql("sum(toNullable(r.").name(column).sql("))");
        } else {
            out.sql("sum(toDecimal256(toNullable(r.").name(column).sql("), 10))");
        }
    }

    /** As in {@link DuckDbDialect}, in 256 bits. */
    private static void average(SqlText out, FieldType type, String column) {
        if (type == FieldType.DOUBLE) {
            sum(out, type, column);
            out.sql(" / count(r.").name(column).sql(")");
            return;
        }
        out.sql("toDecimal256(sign(");
        sum(out, type, column);
        out.sql(") * intDiv(2000000 * abs(toInt256(");
        sum(out, type, column);
        out.sql(" * toInt256(10000000000))) + toInt256(count(r.").name(column);
        out.sql(")) * 10000000000, toInt256(20000000000) * nullIf(count(r.").name(column);
        out.sql("), 0)), 6) / 1000000");
    }

    @Override
    public void latest(SqlText out, Source.Eav attribute) {
        // In a tuple, because the function passes over rows whose value is null, and null may be the latest.
        out.sql("argMaxIf(tuple(v.").name(attribute.value()).sql("), tuple(");
        for (int i = 0; i < attribute.latest().size(); i++) {
            out.sql(i == 0, "v.", ", v.").name(attribute.latest().get(i));
        }
        out.sql("), v.")
                .name(attribute.attribute())
                .sql(" = ")
                .number(attribute.id())
                .sql(").1");
    }
}
