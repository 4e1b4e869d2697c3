package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Aggregate.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one store says what stores do not agree on. Everything else is written by {@link SqlFilter}, {@link SqlKeyset} and
 * {@link SqlAggregate}, once for all. Every condition may be unknown where the field is absent, and only there. Thread-safe.
 */
sealed interface Dialect permits PostgresDialect, DuckDbDialect, ClickHouseDialect {

    /** A side of a comparison, written when its turn comes. */
    @FunctionalInterface
    interface Part {
        void to(SqlText out);
    }

    String typeName(FieldType type);

    /** The value as this store's drivers take it. */
    Object bound(FieldType type, Object value);

    /** The class of what {@link #bound} makes. */
    Class<?> bindType(FieldType type);

    void placeholder(StringBuilder out, int number, String typeName, boolean array);

    /** Whether a decimal has a largest scale here, so that constants may lie between two decimals. */
    boolean boundsDecimals();

    /** The field's value with its type. */
    void value(SqlText out, Field field);

    /** What is selected: of the field's very type, also where the column is of a narrower one. */
    void selected(SqlText out, Field field);

    /** What is compared and ordered by: strings by code point, whatever the store's collation. */
    void compared(SqlText out, Field field);

    /** A string in lower case, code point by code point; see {@link Texts#lower}. */
    void lowered(SqlText out, Field field);

    void isNull(SqlText out, Field field, boolean wanted);

    void in(SqlText out, Part left, FieldType type, List<Object> values);

    void contains(SqlText out, Part left, String text);

    void endsWith(SqlText out, Part left, String text);

    void hasAll(SqlText out, Field field, List<Object> texts);

    void hasAny(SqlText out, Field field, List<Object> texts);

    /** Whether all of the words are in the text. */
    void search(SqlText out, Field field, List<Object> words);

    /** How many words of the text are among these; never null. */
    void rank(SqlText out, Field field, List<Object> words);

    /** The day or instant that a date or timestamp is cut to. */
    void bucket(SqlText out, Field field, CalendarUnit unit, String tz);

    /**
     * A measure of the rows of a group.
     *
     * @param type of what is measured; null for a count of rows
     * @param column of the rows' subquery, with the alias {@code r}
     */
    void measure(SqlText out, Measure measure, @Nullable FieldType type, String column);

    /** The attribute's latest value of a group of rows with the alias {@code v}. */
    void latest(SqlText out, Source.Eav attribute);

    /** The column or the joined attribute, as it is stored. */
    static void stored(SqlText out, Field field) {
        switch (field.source()) {
            case Source.Column(String column) -> out.sql("t.").name(column);
            case Source.JsonField(String column, String key) -> out.sql("t.").name(column);
            case Source.JsonPath(String column, List<String> path) ->
                out.sql("t.").name(column);
            case Source.Eav eav -> out.sql("e.").name(field.name());
        }
    }

    /** The members that lead to a JSON source's value. */
    static List<String> path(Source source) {
        return switch (source) {
            case Source.JsonField(String column, String key) -> List.of(key);
            case Source.JsonPath(String column, List<String> path) -> path;
            case Source.Column column -> List.of();
            case Source.Eav eav -> List.of();
        };
    }
}
