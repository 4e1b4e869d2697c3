package io.ashlar.filter.dsl;

import java.util.List;
import java.util.Set;

/**
 * A field of a dataset.
 *
 * <p>A misspelled name, or an operator that means nothing for the type, is an {@link IllegalArgumentException}.
 *
 * @param sensitivity a free label; {@value #PUBLIC} is seen by whoever sees the row
 * @param cedarAttribute the attribute path by which policies know the field
 * @param nullable whether a row may lack a value; fields of a dataset's key may not
 * @param operators what a caller may use, a subset of the type's
 * @param values of an {@link FieldType#ENUM} the words, at least one; else empty
 */
public record Field(
        String name,
        FieldType type,
        Source source,
        String sensitivity,
        String cedarAttribute,
        boolean nullable,
        Set<Op> operators,
        List<String> values) {

    /** Words of one enum field. */
    static final int MAX_VALUES = 500;

    public static final String PUBLIC = "public";

    public Field {
        Identifiers.requireName(name);
        operators = Set.copyOf(operators);
        values = List.copyOf(values);
        if ((type == FieldType.ENUM) == values.isEmpty() || values.size() > MAX_VALUES) {
            throw new IllegalArgumentException(
                    "an enum has 1 to " + MAX_VALUES + " values, another type none: " + name);
        }
        if (!type.operators().containsAll(operators)) {
            throw new IllegalArgumentException("operators that a " + type.wire() + " does not have: " + name);
        }
    }

    /** A field of a type that has no list of values. */
    public Field(
            String name,
            FieldType type,
            Source source,
            String sensitivity,
            String cedarAttribute,
            boolean nullable,
            Set<Op> operators) {
        this(name, type, source, sensitivity, cedarAttribute, nullable, operators, List.of());
    }

    /** A public, nullable field that holds one of these words. */
    public static Field ofEnum(String name, Source source, List<String> values) {
        Set<Op> operators = FieldType.ENUM.operators();
        return new Field(name, FieldType.ENUM, source, PUBLIC, name, true, operators, values);
    }

    /** A public, nullable field under its own name with all operators of its type. */
    public Field(String name, FieldType type, Source source) {
        this(name, type, source, PUBLIC, name, true, type.operators());
    }

    public boolean isPublic() {
        return sensitivity.equals(PUBLIC);
    }

    public Field notNull() {
        return new Field(name, type, source, sensitivity, cedarAttribute, false, operators, values);
    }

    public Field withSensitivity(String label) {
        return new Field(name, type, source, label, cedarAttribute, nullable, operators, values);
    }
}
