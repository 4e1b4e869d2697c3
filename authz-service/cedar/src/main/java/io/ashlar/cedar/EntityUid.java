package io.ashlar.cedar;

/**
 * The name of an entity: {@code User::"ana"}.
 *
 * @param type a Cedar type name, with its namespace if it has one ({@code Data::Flight})
 * @param id any string, empty allowed
 */
public record EntityUid(String type, String id) {

    /** Longest id that is accepted, in characters. */
    public static final int ID_LENGTH_MAX = 256;

    public EntityUid {
        if (!isTypeName(type)) {
            throw new IllegalArgumentException("not a Cedar type name: " + type);
        }
        if (id.length() > ID_LENGTH_MAX) {
            throw new IllegalArgumentException("an entity id has at most " + ID_LENGTH_MAX + " characters");
        }
    }

    /** Whether {@code text} is a type name: identifiers of letters, digits and {@code _}, joined by {@code ::}. */
    public static boolean isTypeName(String text) {
        if (text.isEmpty() || text.length() > ID_LENGTH_MAX) {
            return false;
        }
        boolean first = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                if (first || i + 2 >= text.length() || text.charAt(i + 1) != ':') {
                    return false;
                }
                i++;
                first = true;
                continue;
            }
            boolean letter = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            if (!letter && (first || !digit)) {
                return false;
            }
            first = false;
        }
        return !first;
    }

    /** Cedar's own spelling, with quotes and backslashes escaped. */
    @Override
    public String toString() {
        return type + "::\"" + id.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
