package io.ashlar.filter.dsl;

/** Where a reader is, as an RFC 6901 pointer that grows and shrinks. Not thread-safe. */
final class Path {

    private final StringBuilder text;

    Path() {
        this("");
    }

    Path(String root) {
        text = new StringBuilder(64).append(root);
    }

    /** Goes down to a member; returns what {@link #leave} takes. */
    int enter(String key) {
        int mark = text.length();
        append(text.append('/'), key);
        return mark;
    }

    int enter(int index) {
        int mark = text.length();
        text.append('/').append(index);
        return mark;
    }

    /** Where it stands, for {@link #leave}. */
    int mark() {
        return text.length();
    }

    void leave(int mark) {
        text.setLength(mark);
    }

    String at(String key) {
        int mark = enter(key);
        String pointer = text.toString();
        leave(mark);
        return pointer;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static void append(StringBuilder out, String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            switch (c) {
                case '~' -> out.append("~0");
                case '/' -> out.append("~1");
                default -> out.append(c);
            }
        }
    }
}
