package io.ashlar.cedar.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Where something is written, in UTF-16 offsets of the text that was read. Where a thing stands does not make it another
 * thing: all spans are equal, so that trees compare by what they say.
 */
public final class Span {

    /** Not written anywhere: made by a program or read from JSON. */
    public static final Span NOWHERE = new Span(-1, -1);

    private final int start;
    private final int end;

    private Span(int start, int end) {
        this.start = start;
        this.end = end;
    }

    /** From the first character to behind the last one. */
    public static Span of(int start, int end) {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("a span from " + start + " to " + end);
        }
        return new Span(start, end);
    }

    /** Offset of the first character, or -1. */
    public int start() {
        return start;
    }

    /** Offset behind the last character, or -1. */
    public int end() {
        return end;
    }

    /** Whether it is written somewhere. */
    public boolean known() {
        return start >= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Span;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return known() ? start + ".." + end : "nowhere";
    }
}
