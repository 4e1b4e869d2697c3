package io.ashlar.filter.dsl;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Values as drivers take them. */
final class Binds {

    private Binds() {}

    /** JDBC has no instants. */
    static Object value(Object value) {
        return value instanceof Instant instant ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC) : value;
    }

    /** What {@link #value} makes of a type's values. */
    static Class<?> type(FieldType type) {
        return switch (type) {
            case STRING, TEXT, ENUM, STRINGS -> String.class;
            case BOOL -> Boolean.class;
            case INT64, MONEY -> Long.class;
            case DECIMAL -> BigDecimal.class;
            case DOUBLE -> Double.class;
            case TIMESTAMP -> OffsetDateTime.class;
            case DATE -> LocalDate.class;
            case UUID -> UUID.class;
        };
    }

    /** A typed array, also of nothing. */
    static Object[] array(Dialect dialect, FieldType type, List<Object> values) {
        Object[] array = (Object[]) Array.newInstance(dialect.bindType(type), values.size());
        for (int i = 0; i < array.length; i++) {
            array[i] = dialect.bound(type, values.get(i));
        }
        return array;
    }
}
