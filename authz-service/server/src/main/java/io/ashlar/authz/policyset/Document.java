package io.ashlar.authz.policyset;

import java.util.Locale;

/** What belongs to a set of policies besides them, one text each. */
public enum Document {
    /** A Cedar schema, as JSON (an object) or in Cedar's own format. */
    SCHEMA,
    /** Test cases in YAML. */
    TESTS;

    /** Its name in the database and in bodies. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
