package io.ashlar.cedar.syntax;

/**
 * Where in a text something is, as people count.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 characters
 * @param offset from 0, in UTF-16 characters
 */
public record Place(int line, int column, int offset) {

    /** Where a span begins; the text's beginning if it is written nowhere. */
    public static Place of(Span at, String text) {
        int offset = Math.clamp(at.start(), 0, text.length());
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Place(line, offset - lineStart + 1, offset);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
