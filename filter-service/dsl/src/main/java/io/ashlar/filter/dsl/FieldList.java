package io.ashlar.filter.dsl;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Fields in their order, and by their names. Equal to any other list of them. Immutable. */
final class FieldList extends AbstractList<Field> implements RandomAccess {

    private final List<Field> fields;
    private final Map<String, Field> byName;

    private FieldList(List<Field> fields, Map<String, Field> byName) {
        this.fields = fields;
        this.byName = byName;
    }

    /** Two fields of one name are an {@link IllegalArgumentException}. */
    static FieldList of(List<Field> fields) {
        if (fields instanceof FieldList list) {
            return list;
        }
        List<Field> copy = List.copyOf(fields);
        Map<String, Field> byName = HashMap.newHashMap(copy.size());
        for (Field field : copy) {
            if (byName.put(field.name(), field) != null) {
                throw new IllegalArgumentException("two fields have one name: " + field.name());
            }
        }
        return new FieldList(copy, byName);
    }

    @Nullable Field named(String name) {
        return byName.get(name);
    }

    @Override
    public Field get(int index) {
        return fields.get(index);
    }

    @Override
    public int size() {
        return fields.size();
    }
}
