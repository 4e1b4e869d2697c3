package io.ashlar.filter.dsl;

import java.util.Arrays;

/**
 * Where a reader is, as an RFC 6901 pointer that grows and shrinks. Spelled out only when it is asked for, which is when a
 * fault is told. Not thread-safe.
 */
final class Path {

    private final String root;

    /** Member names and indexes, from the root on. */
    private Object[] steps = new Object[16];

    private int depth;

    Path() {
        this("");
    }

    Path(String root) {
        this.root = root;
    }

    /** Goes down to a member; returns what {@link #leave} takes. */
    int enter(String key) {
        return down(key);
    }

    int enter(int index) {
        return down(index);
    }

    /** Where it stands, for {@link #leave}. */
    int mark() {
        return depth;
    }

    void leave(int mark) {
        depth = mark;
    }

    String at(String key) {
        int mark = enter(key);
        String pointer = toString();
        leave(mark);
        return pointer;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(64).append(root);
        for (int i = 0; i < depth; i++) {
            text.append('/');
            if (steps[i] instanceof String key) {
                append(text, key);
            } else {
                text.append(steps[i]);
            }
        }
        return text.toString();
    }

    private int down(Object step) {
        if (depth == steps.length) {
            steps = Arrays.copyOf(steps, 2 * depth);
        }
        steps[depth] = step;
        return depth++;
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
