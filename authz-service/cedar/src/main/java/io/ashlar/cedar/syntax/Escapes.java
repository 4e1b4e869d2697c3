package io.ashlar.cedar.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * What is between the quotes of a string, and back. The escapes are {@code \n \r \t \\ \0 \' \"}, {@code \xHH} to 7F and
 * <code>\&#117;{H…}</code> with one to six digits.
 */
final class Escapes {

    /** Stands for a wildcard while a pattern is read: no character of a text is an unpaired surrogate. */
    private static final char WILDCARD = '\ud800';

    private Escapes() {}

    /** The string written from {@code start} (behind the quote) to {@code end}. */
    static String string(String text, int start, int end) {
        return read(text, start, end, false);
    }

    /** The pattern written there: {@code *} is a wildcard, {@code \*} an asterisk. */
    static Pattern pattern(String text, int start, int end) {
        String read = read(text, start, end, true);
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int to = read.indexOf(WILDCARD); to >= 0; to = read.indexOf(WILDCARD, from)) {
            // A wildcard before a low surrogate would pair with it; such a surrogate cannot follow, for texts are
            // well-formed.
            pieces.add(read.substring(from, to));
            from = to + 1;
        }
        pieces.add(read.substring(from));
        return new Pattern(pieces);
    }

    private static String read(String text, int start, int end, boolean pattern) {
        StringBuilder out = new StringBuilder(end - start);
        int i = start;
        while (i < end) {
            char c = text.charAt(i);
            if (c == '\\') {
                i = escape(text, i, end, pattern, out);
            } else if (c == '\r') {
                throw new ReadException("a carriage return is written \\r", Span.of(i, i + 1));
            } else if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 >= end || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new ReadException("half a character", Span.of(i, i + 1));
                }
                out.append(c).append(text.charAt(i + 1));
                i += 2;
            } else {
                out.append(pattern && c == '*' ? WILDCARD : c);
                i++;
            }
        }
        return out.toString();
    }

    /** Reads the escape at {@code at}; gives the offset behind it. */
    private static int escape(String text, int at, int end, boolean pattern, StringBuilder out) {
        char c = at + 1 < end ? text.charAt(at + 1) : ' ';
        switch (c) {
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case '0' -> out.append('\0');
            case '\\', '\'', '"' -> out.append(c);
            case 'x' -> {
                return hex(text, at, end, pattern, out);
            }
            case 'u' -> {
                return unicode(text, at, end, pattern, out);
            }
            default -> {
                if (!pattern || c != '*') {
                    throw new ReadException(
                            "there is no escape " + text.substring(at, Math.min(at + 2, end)), Span.of(at, at + 1));
                }
                out.append('*');
            }
        }
        return at + 2;
    }

    private static int hex(String text, int at, int end, boolean pattern, StringBuilder out) {
        int high = at + 3 < end ? Character.digit(text.charAt(at + 2), 16) : -1;
        int low = at + 3 < end ? Character.digit(text.charAt(at + 3), 16) : -1;
        if (high < 0 || high > 7 || low < 0) {
            throw new ReadException("\\x takes two hexadecimal digits, to 7F", Span.of(at, at + 1));
        }
        append(high * 16 + low, pattern, out);
        return at + 4;
    }

    private static int unicode(String text, int at, int end, boolean pattern, StringBuilder out) {
        int close = text.indexOf('}', at);
        if (at + 2 >= end || text.charAt(at + 2) != '{' || close < 0 || close >= end) {
            throw new ReadException("\\u takes digits in braces: \\u{1f600}", Span.of(at, at + 1));
        }
        int digits = 0;
        int code = 0;
        for (int i = at + 3; i < close; i++) {
            char c = text.charAt(i);
            if (c == '_' && digits > 0) {
                continue;
            }
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0 || ++digits > 6) {
                throw new ReadException("\\u takes one to six hexadecimal digits", Span.of(at, at + 1));
            }
            code = code * 16 + digit;
        }
        boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
        if (digits == 0 || surrogate || !Character.isValidCodePoint(code)) {
            throw new ReadException("no character has that number", Span.of(at, close + 1));
        }
        append(code, pattern, out);
        return close + 1;
    }

    /** As in the reference implementation, an asterisk that is escaped by its number is a wildcard all the same. */
    private static void append(int code, boolean pattern, StringBuilder out) {
        if (pattern && code == '*') {
            out.append(WILDCARD);
        } else {
            out.appendCodePoint(code);
        }
    }

    /** The string in quotes, so that {@link #string} reads it again. */
    static String quoted(String value) {
        return '"' + escaped(value, false) + '"';
    }

    /** The pattern in quotes. */
    static String quoted(Pattern pattern) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < pattern.pieces().size(); i++) {
            out.append(i == 0 ? "" : "*").append(escaped(pattern.pieces().get(i), true));
        }
        return out.append('"').toString();
    }

    private static String escaped(String value, boolean pattern) {
        StringBuilder out = new StringBuilder(value.length() + 2);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\0' -> out.append("\\0");
                case '\\', '"' -> out.append('\\').append(c);
                case '*' -> out.append(pattern ? "\\*" : "*");
                default -> {
                    if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                        out.append("\\u{").append(Integer.toHexString(c)).append('}');
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }
}
