package io.ashlar.filter.dsl;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * A statement. Values are bound, never rendered; each placeholder is used once, in order, and carries
 * its type, so that no driver has to guess.
 *
 * @param sql with {@code $1}, {@code $2}, …; for ClickHouse {@code {p1:String}}, …
 * @param binds String, Boolean, Long, BigDecimal, Double, OffsetDateTime, LocalDate, UUID, or an array of one of them
 * @param columns of the result: first the fields that may be released, then those that only the position needs
 * @param released how many of the columns may be released
 * @param position indexes into {@code columns} of the sort keys, in their order; empty unless a page
 */
public record Statement(String sql, List<Object> binds, List<Column> columns, int released, List<Integer> position) {

    public Statement {
        binds = List.copyOf(binds);
        columns = List.copyOf(columns);
        position = List.copyOf(position);
    }

    /** The same with {@code ?}, for JDBC. A dollar sign stands nowhere else: no identifier may contain one. */
    public String jdbcSql() {
        StringBuilder out = new StringBuilder(sql.length());
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i++);
            if (c != '$') {
                out.append(c);
                continue;
            }
            out.append('?');
            while (i < sql.length() && sql.charAt(i) >= '0' && sql.charAt(i) <= '9') {
                i++;
            }
        }
        return out.toString();
    }

    /** PostgreSQL's name of an array bind's element type, as {@code Connection.createArrayOf} takes it. */
    public static String elementType(Object[] bind) {
        return elementType(Store.POSTGRESQL, bind);
    }

    /** As {@link #elementType(Object[])}, for PostgreSQL or DuckDB; ClickHouse's parameters are text. */
    public static String elementType(Store store, Object[] bind) {
        boolean duck = store == Store.DUCKDB;
        Class<?> element = bind.getClass().getComponentType();
        if (element == String.class) {
            return duck ? "VARCHAR" : "text";
        } else if (element == Long.class) {
            return duck ? "BIGINT" : "int8";
        } else if (element == BigDecimal.class) {
            return duck ? "DECIMAL(38,10)" : "numeric";
        } else if (element == Double.class) {
            return duck ? "DOUBLE" : "float8";
        } else if (element == Boolean.class) {
            return duck ? "BOOLEAN" : "bool";
        } else if (element == OffsetDateTime.class) {
            return duck ? "TIMESTAMP WITH TIME ZONE" : "timestamptz";
        } else if (element == LocalDate.class) {
            return duck ? "DATE" : "date";
        } else if (element == UUID.class) {
            return duck ? "UUID" : "uuid";
        }
        throw new IllegalArgumentException("not an array bind: " + bind.getClass());
    }
}
