package io.ashlar.authz.planning;

import io.ashlar.filter.dsl.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an attribute of the rows.
 *
 * @param stored how its values are stored; null if nobody said
 * @param entity the Cedar type of the entities that its values name by their ids; null if they name none
 */
public record AttributeType(
        @Nullable FieldType stored, @Nullable String entity) {

    /** Nothing is known: it is taken to be a string, a whole number or a bool as what it is compared with. */
    public static final AttributeType UNTYPED = new AttributeType(null, null);

    /** What a policy sees in the attribute. */
    enum Kind {
        UNTYPED,
        TEXT,
        FLAG,
        LONG,
        DECIMAL,
        DATETIME,
        TEXTS,
        ENTITY,
        ENTITIES,
        /** Cedar has no such type: present or absent is all that can be said. */
        OPAQUE
    }

    Kind kind() {
        if (stored == null) {
            return Kind.UNTYPED;
        }
        boolean names = entity != null;
        return switch (stored) {
            case STRING, UUID -> names ? Kind.ENTITY : Kind.TEXT;
            case TEXT, ENUM -> Kind.TEXT;
            case INT64 -> names ? Kind.ENTITY : Kind.LONG;
            case MONEY -> Kind.LONG;
            case BOOL -> Kind.FLAG;
            case DECIMAL -> Kind.DECIMAL;
            case TIMESTAMP, DATE -> Kind.DATETIME;
            case STRINGS -> names ? Kind.ENTITIES : Kind.TEXTS;
            case DOUBLE -> Kind.OPAQUE;
        };
    }
}
