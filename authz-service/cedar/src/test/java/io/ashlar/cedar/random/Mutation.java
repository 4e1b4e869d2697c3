package io.ashlar.cedar.random;

import java.util.List;
import java.util.Random;

/** Texts of policies with a few characters or words changed: mostly no policies any more, but nearly. */
public final class Mutation {

    private static final String NOISE = "\"\\(){}[]@;:.,&|=!<>?*-+%/ \u00e9\n\rx0_'#\uff58\u00a0\u2028";
    private static final List<String> WORDS = List.of(
            "principal",
            "action",
            "resource",
            "context",
            "if",
            "then",
            "else",
            "in",
            "has",
            "like",
            "is",
            "true",
            "when",
            "unless",
            "permit",
            "forbid",
            "==",
            "!=",
            "::",
            "&&",
            "||",
            "User",
            "Action::\"a\"",
            "\"s\"",
            "1",
            "-",
            "!",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ".a",
            ".contains(1)",
            "ip(\"::1\")",
            "@a",
            "// c\n",
            ";",
            "?principal",
            "\\u{41}",
            "\\x41",
            "__cedar",
            "9223372036854775808",
            "a::b",
            ".isIpv4()",
            ".isEmpty()");

    private Mutation() {}

    /** The text with one to three changes; no character is torn apart. */
    public static String of(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0 && !changed.isEmpty(); i--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(4)) {
                case 0 -> changed.deleteCharAt(at);
                case 1 -> changed.insert(at, NOISE.charAt(random.nextInt(NOISE.length())));
                case 2 -> changed.insert(at, WORDS.get(random.nextInt(WORDS.size())));
                default -> changed.setCharAt(at, NOISE.charAt(random.nextInt(NOISE.length())));
            }
        }
        // Half a character cannot travel to the reference, which would see another text.
        return changed.toString()
                .replaceAll("[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]", "");
    }
}
