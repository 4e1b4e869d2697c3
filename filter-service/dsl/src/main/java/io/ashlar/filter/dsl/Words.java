package io.ashlar.filter.dsl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What a word is, alike in every store: a run of characters between separators, in lower case. Separators are listed,
 * because stores do not agree on what a letter is: controls, ASCII and Latin-1 punctuation, general punctuation, arrows
 * and symbols, CJK and full-width punctuation. No stems and no stop words: dictionaries differ between stores and with
 * their versions. Text without spaces between its words, such as Chinese, is one word.
 *
 * <p>The same list stands, as a regular expression, in each {@link Dialect}; a test holds them together, code point by
 * code point.
 */
final class Words {

    /** Of one search. */
    static final int MAX = 32;

    private Words() {}

    /** All words, in order, repeated ones too. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        String lower = Texts.lower(text);
        int start = -1;
        for (int i = 0; i < lower.length(); ) {
            int c = lower.codePointAt(i);
            if (isSeparator(c)) {
                if (start >= 0) {
                    words.add(lower.substring(start, i));
                }
                start = -1;
            } else if (start < 0) {
                start = i;
            }
            i += Character.charCount(c);
        }
        if (start >= 0) {
            words.add(lower.substring(start));
        }
        return words;
    }

    /** Each word once. */
    static List<String> distinct(String text) {
        return List.copyOf(new LinkedHashSet<>(of(text)));
    }

    static boolean isSeparator(int c) {
        if (c < 0x100) {
            return (c < 0x30)
                    || (c >= 0x3A && c <= 0x40)
                    || (c >= 0x5B && c <= 0x60)
                    || (c >= 0x7B && c <= 0xBF && c != 0xAA && c != 0xB5 && c != 0xBA)
                    || c == 0xD7
                    || c == 0xF7;
        }
        return (c >= 0x2000 && c <= 0x206F)
                || (c >= 0x2190 && c <= 0x2BFF)
                || (c >= 0x3000 && c <= 0x3004)
                || (c >= 0x3008 && c <= 0x3020)
                || c == 0x3030
                || (c >= 0xFF01 && c <= 0xFF0F)
                || (c >= 0xFF1A && c <= 0xFF20)
                || (c >= 0xFF3B && c <= 0xFF40)
                || (c >= 0xFF5B && c <= 0xFF65);
    }
}
