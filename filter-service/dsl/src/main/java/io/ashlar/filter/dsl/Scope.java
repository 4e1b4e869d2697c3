package io.ashlar.filter.dsl;

import org.jspecify.annotations.Nullable;

/** What names stand for: the fields of a dataset, or the columns of an aggregate's answer. */
interface Scope {

    /** The field of this name, or null. */
    @Nullable Field field(String name);

    /** As {@link #field}, for what was checked before. */
    default Field require(String name) {
        Field field = field(name);
        if (field == null) {
            throw new IllegalArgumentException("a field that is not there");
        }
        return field;
    }
}
