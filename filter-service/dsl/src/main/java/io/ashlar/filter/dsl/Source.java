package io.ashlar.filter.dsl;

/** Where the values of a field are found in its relation. */
public sealed interface Source {

    /** A column of the field's own type. Wire: {@code {"column":"delay"}}. */
    record Column(String column) implements Source {

        public Column {
            Identifiers.requireColumn(column);
        }
    }

    /** A member of a jsonb column, read as the field's type. Wire: {@code {"json":"attributes","key":"delay"}}. */
    record JsonField(String column, String key) implements Source {

        public JsonField {
            Identifiers.requireColumn(column);
            Identifiers.requireJsonKey(key);
        }
    }
}
