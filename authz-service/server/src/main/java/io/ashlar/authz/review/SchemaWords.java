package io.ashlar.authz.review;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures a schema in Cedar's own format before native code reads it, by its words alone: common types are put in where they are
 * named, so that a page of text can be more than the machine's memory. Never measures less than there is.
 */
final class SchemaWords {

    private static final long IN_PROGRESS = -1;

    private final List<String> words;
    private final Map<String, List<String>> commonTypes = new HashMap<>();
    private final Map<String, Long> measured = new HashMap<>();
    private int deepest;

    private SchemaWords(String text) {
        this.words = words(text);
        for (int i = 0; i + 2 < words.size(); i++) {
            if (words.get(i).equals("type") && words.get(i + 2).equals("=")) {
                int end = end(i + 3);
                // The same name in several namespaces: all of them, wherever it is named.
                commonTypes
                        .computeIfAbsent(words.get(i + 1), unseen -> new ArrayList<>())
                        .addAll(words.subList(i + 3, end));
            }
        }
    }

    /** How many words there are with common types put in; more than {@link SchemaTree#PARTS_MAX} where they go in circles. */
    static long parts(String text) {
        SchemaWords schema = new SchemaWords(text);
        return schema.measure(schema.words);
    }

    /** Deepest nesting of brackets outside comments and strings. */
    static int depth(String text) {
        return new SchemaWords(text).deepest;
    }

    private int end(int start) {
        int i = start;
        while (i < words.size() && !words.get(i).equals(";")) {
            i++;
        }
        return i;
    }

    private long measure(List<String> body) {
        long parts = 0;
        for (int i = 0; i < body.size(); i++) {
            parts++;
            boolean attribute = i + 1 < body.size()
                    && (body.get(i + 1).equals(":") || body.get(i + 1).equals("?"));
            if (!attribute) {
                parts += named(body.get(i));
            }
            if (parts > SchemaTree.PARTS_MAX) {
                return SchemaTree.PARTS_MAX + 1;
            }
        }
        return parts;
    }

    private long named(String type) {
        List<String> body = commonTypes.get(type);
        if (body == null) {
            return 0;
        }
        Long known = measured.get(type);
        if (known != null) {
            return known == IN_PROGRESS ? SchemaTree.PARTS_MAX + 1 : known;
        }
        measured.put(type, IN_PROGRESS);
        long parts = measure(body);
        measured.put(type, parts);
        return parts;
    }

    /** Identifiers, and every other character by itself; strings are one word, comments and spaces none. */
    private List<String> words(String text) {
        List<String> found = new ArrayList<>();
        int depth = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = i + 1;
            if (Character.isJavaIdentifierStart(c)) {
                while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
                    end++;
                }
                found.add(text.substring(i, end));
            } else if (c == '"') {
                end = endOfString(text, i);
                found.add("\"\"");
            } else if (text.startsWith("//", i)) {
                int line = text.indexOf('\n', i);
                end = line < 0 ? text.length() : line;
            } else if (!Character.isWhitespace(c)) {
                found.add(String.valueOf(c));
                depth = "{[(<".indexOf(c) >= 0 ? depth + 1 : "}])>".indexOf(c) >= 0 ? Math.max(0, depth - 1) : depth;
                deepest = Math.max(deepest, depth);
            }
            i = end;
        }
        return found;
    }

    private static int endOfString(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        return text.length();
    }
}
