package io.ashlar.filter.dsl;

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
 */
public record Field(
        String name,
        FieldType type,
        Source source,
        String sensitivity,
        String cedarAttribute,
        boolean nullable,
        Set<Op> operators) {

    public static final String PUBLIC = "public";

    public Field {
        Identifiers.requireName(name);
        operators = Set.copyOf(operators);
        if (!type.operators().containsAll(operators)) {
            throw new IllegalArgumentException("operators that a " + type.wire() + " does not have: " + name);
        }
    }

    /** A public, nullable field under its own name with all operators of its type. */
    public Field(String name, FieldType type, Source source) {
        this(name, type, source, PUBLIC, name, true, type.operators());
    }

    public boolean isPublic() {
        return sensitivity.equals(PUBLIC);
    }

    public Field notNull() {
        return new Field(name, type, source, sensitivity, cedarAttribute, false, operators);
    }

    public Field withSensitivity(String label) {
        return new Field(name, type, source, label, cedarAttribute, nullable, operators);
    }
}
