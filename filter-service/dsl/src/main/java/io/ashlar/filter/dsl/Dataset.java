package io.ashlar.filter.dsl;

import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relation that may be queried, as declared. Immutable; a change is another version.
 *
 * <p>A declaration that contradicts itself is an {@link IllegalArgumentException}.
 *
 * @param relation {@code schema.table}
 * @param tenantColumn a uuid column; every statement compares it with the caller's tenant
 * @param key names of fields that, within a tenant and under the prefix, tell rows apart; not nullable
 * @param cedarType the resource type of a row in policies
 * @param entityPrefix rows of the relation belong to the dataset iff the first key field starts with it; null: all
 */
public record Dataset(
        String name,
        long version,
        String relation,
        String tenantColumn,
        List<String> key,
        String cedarType,
        @Nullable String entityPrefix,
        List<Field> fields)
        implements Scope {

    public Dataset {
        Identifiers.requireName(name);
        Identifiers.requireRelation(relation);
        Identifiers.requireColumn(tenantColumn);
        key = List.copyOf(key);
        FieldList named = FieldList.of(fields);
        fields = named;
        if (key.isEmpty() || new LinkedHashSet<>(key).size() != key.size()) {
            throw new IllegalArgumentException("a key names each of its fields once");
        }
        for (String part : key) {
            Field field = named.named(part);
            if (field == null || field.nullable()) {
                throw new IllegalArgumentException("a key is made of fields that are never absent: " + part);
            }
        }
        requireOneReading(fields, named.named(key.getFirst()));
        if (entityPrefix != null) {
            Identifiers.requireName(entityPrefix);
            Field first = named.named(key.getFirst());
            if (first == null || first.type() != FieldType.STRING) {
                throw new IllegalArgumentException("an entity prefix needs a string as first key field");
            }
        }
    }

    /** The field of this name, or null. */
    @Override
    public @Nullable Field field(String wanted) {
        return FieldList.of(fields).named(wanted);
    }

    /** The field that policies know by this attribute path, or null. */
    public @Nullable Field fieldOfCedarAttribute(String path) {
        for (Field field : fields) {
            if (field.cedarAttribute().equals(path)) {
                return field;
            }
        }
        return null;
    }

    /** Whether some field is an attribute of an entity, which has to be joined. */
    boolean hasAttributes() {
        for (Field field : fields) {
            if (field.source() instanceof Source.Eav) {
                return true;
            }
        }
        return false;
    }

    /** All attributes are of one relation, so that it is read once, and the entity is a column, so that it can be joined. */
    private static void requireOneReading(List<Field> fields, @Nullable Field entity) {
        Source.Eav first = null;
        for (Field field : fields) {
            if (!(field.source() instanceof Source.Eav eav)) {
                continue;
            }
            first = first == null ? eav : first;
            boolean same = eav.relation().equals(first.relation())
                    && eav.entity().equals(first.entity())
                    && eav.attribute().equals(first.attribute());
            if (!same || !field.nullable() || entity == null || !(entity.source() instanceof Source.Column)) {
                throw new IllegalArgumentException(
                        "attributes are of one relation, may be absent, and belong to an entity that is a column");
            }
        }
    }
}
