package io.ashlar.cedar.syntax;

import java.util.Set;

/** Which words are names. */
public final class Identifiers {

    private static final Set<String> RESERVED =
            Set.of("true", "false", "if", "then", "else", "in", "is", "like", "has", "__cedar");

    private Identifiers() {}

    /** Letters, digits and {@code _}, not a digit first; reserved words included. */
    public static boolean isIdentifier(String text) {
        if (text.isEmpty() || !isStart(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!isPart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** An identifier that a policy may use as the name of something. */
    public static boolean isName(String text) {
        return isIdentifier(text) && !RESERVED.contains(text);
    }

    /** Names joined by {@code ::}. */
    public static boolean isPath(String text) {
        int from = 0;
        while (true) {
            int to = text.indexOf("::", from);
            if (!isName(to < 0 ? text.substring(from) : text.substring(from, to))) {
                return false;
            }
            if (to < 0) {
                return true;
            }
            from = to + 2;
        }
    }

    static boolean isReserved(String text) {
        return RESERVED.contains(text);
    }

    static boolean isStart(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isPart(char c) {
        return isStart(c) || (c >= '0' && c <= '9');
    }
}
