package io.ashlar.filter.dsl;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** What the two back ends must see alike in strings: length, order, case. */
final class Texts {

    private Texts() {}

    static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    /** False for what PostgreSQL's text cannot hold: U+0000 and lone surrogates. */
    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    static String nfc(String text) {
        return isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** The order of {@code COLLATE "C"} in a UTF-8 database: by code point, which is not the order of chars. */
    static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean sx = Character.isSurrogate(x);
                boolean sy = Character.isSurrogate(y);
                return sx == sy ? Character.compare(x, y) : sx ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Whether {@link #afterPrefix} finds none. */
    static boolean isLast(String prefix) {
        int at = 0;
        while (at < prefix.length() && prefix.codePointAt(at) == Character.MAX_CODE_POINT) {
            at += Character.charCount(Character.MAX_CODE_POINT);
        }
        return at == prefix.length();
    }

    /** The least string that is greater than all that start with the prefix; null if there is none. */
    static @Nullable String afterPrefix(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                // The code points of surrogates are no characters.
                int next = last == 0xD7FF ? 0xE000 : last + 1;
                return new StringBuilder(end + 2)
                        .append(prefix, 0, end)
                        .appendCodePoint(next)
                        .toString();
            }
        }
        return null;
    }

    /** Simple lower-case mapping, code point by code point, as {@code lower(… COLLATE "pg_c_utf8")}. */
    static String lower(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
