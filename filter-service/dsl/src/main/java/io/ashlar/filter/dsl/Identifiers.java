package io.ashlar.filter.dsl;

/**
 * The only spellings that may reach a SQL text: names of relations, columns and JSON members come from a declared
 * dataset, are checked here, and are quoted as well. Checked by hand: no regular expression ever meets an input.
 */
final class Identifiers {

    /** PostgreSQL cuts longer names off silently, so two of them could meet. */
    private static final int MAX_IDENTIFIER = 63;

    private static final int MAX_NAME = 128;

    private Identifiers() {}

    /** A letter or underscore, then letters, digits, underscores; ASCII, at most 63. */
    static boolean isColumn(String name) {
        if (name.isEmpty() || name.length() > MAX_IDENTIFIER || !isStart(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            if (!isStart(name.charAt(i)) && !isDigit(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@code schema.table}, both as {@link #isColumn}. */
    static boolean isRelation(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && isColumn(name.substring(0, dot)) && isColumn(name.substring(dot + 1));
    }

    /** The name of a dataset, a field, a JSON member or an entity prefix: as a column, and {@code . - :} inside. */
    static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME || !isStart(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isStart(c) && !isDigit(c) && c != '.' && c != '-' && c != ':') {
                return false;
            }
        }
        return true;
    }

    static void requireColumn(String name) {
        require(isColumn(name), "column", name);
    }

    static void requireRelation(String name) {
        require(isRelation(name), "relation", name);
    }

    static void requireJsonKey(String name) {
        require(isName(name), "JSON member", name);
    }

    static void requireName(String name) {
        require(isName(name), "name", name);
    }

    private static void require(boolean valid, String what, String name) {
        if (!valid) {
            throw new IllegalArgumentException("not the spelling of a " + what + ": " + name);
        }
    }

    private static boolean isStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
