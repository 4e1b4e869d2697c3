package io.ashlar.authz.plan;

import io.ashlar.filter.dsl.FieldType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A field of the rows: how policies know it, whether it must be hidden, and what values it holds, without which a policy can
 * only be compared with it as a string, a whole number or a bool.
 *
 * @param path its Cedar attribute path
 * @param sensitivity a label; {@value #PUBLIC} is never masked
 * @param type how its values are stored; null: not said
 * @param entity the Cedar type of the entities that the values name by their ids; null: none
 * @param role what the field is to the row's entity; null: an attribute and nothing else
 */
public record PlanField(
        String path,
        String sensitivity,
        @Nullable FieldType type,
        @Nullable String entity,
        @Nullable Role role) {

    public static final String PUBLIC = "public";

    /** What a field is to the row's entity besides an attribute. */
    public enum Role {
        /** Its value, as text, is the row's own id. */
        ID,
        /** It names the entities that the row is in. */
        PARENT;

        /** Its name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The role of that name, or null. */
        public static @Nullable Role ofWire(String wire) {
            for (Role role : values()) {
                if (role.wire().equals(wire)) {
                    return role;
                }
            }
            return null;
        }
    }

    /** @throws IllegalArgumentException if the type's values cannot be what entity and role say */
    public PlanField {
        boolean list = type == FieldType.STRINGS;
        boolean names = list || type == FieldType.STRING || type == FieldType.UUID || type == FieldType.INT64;
        if (entity != null && !names) {
            throw new IllegalArgumentException("entities are named by a string, string[], uuid or int64");
        } else if (role == Role.PARENT && entity == null) {
            throw new IllegalArgumentException("a parent names entities");
        } else if (role == Role.ID && (list || !names || entity != null)) {
            throw new IllegalArgumentException("an id is a string, uuid or int64, and names nothing else");
        }
    }

    /** A field of which nothing but its path and label is said. */
    public PlanField(String path, String sensitivity) {
        this(path, sensitivity, null, null, null);
    }

    /** A field with values of this type. */
    public PlanField(String path, String sensitivity, FieldType type) {
        this(path, sensitivity, type, null, null);
    }

    /** The same field as the row's id. */
    public PlanField asId() {
        return new PlanField(path, sensitivity, type, entity, Role.ID);
    }
}
