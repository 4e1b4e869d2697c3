package io.ashlar.filter.dsl;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a driver returned for a {@link Column}, as a constant: the same spelling for the answer's JSON and for the
 * position of the next page. Thread-safe.
 */
public final class RowValues {

    private RowValues() {}

    /**
     * Null for null. Takes what pgjdbc and the Vert.x client return for the column's type; anything else is an
     * {@link IllegalArgumentException}, as is a double that JSON cannot say.
     */
    public static @Nullable Literal literal(FieldType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        Object known =
                switch (value) {
                    case OffsetDateTime time -> time.toInstant();
                    case Integer number -> number.longValue();
                    case Short number -> number.longValue();
                    case Float number -> number.doubleValue();
                    case String text -> text;
                    case Boolean flag -> flag;
                    case Long number -> number;
                    case BigDecimal number -> number;
                    case Double number -> number;
                    case Instant instant -> instant;
                    case LocalDate date -> date;
                    case UUID uuid -> uuid;
                    case String[] texts -> List.of(texts);
                    case List<?> texts -> List.copyOf(texts);
                    // The Vert.x client has a number class of its own for numeric.
                    case Number number when type == FieldType.DECIMAL -> new BigDecimal(number.toString());
                    default -> throw new IllegalArgumentException("not a row's value: " + value.getClass());
                };
        if (!javaType(type).isInstance(known)) {
            throw new IllegalArgumentException("a " + known.getClass().getSimpleName() + " for a " + type.wire());
        }
        return Values.literal(known);
    }

    private static Class<?> javaType(FieldType type) {
        return switch (type) {
            case STRING, TEXT, ENUM -> String.class;
            case BOOL -> Boolean.class;
            case INT64, MONEY -> Long.class;
            case DECIMAL -> BigDecimal.class;
            case DOUBLE -> Double.class;
            case TIMESTAMP -> Instant.class;
            case DATE -> LocalDate.class;
            case UUID -> UUID.class;
            case STRINGS -> List.class;
        };
    }
}
