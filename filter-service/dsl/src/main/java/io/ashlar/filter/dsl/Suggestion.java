package io.ashlar.filter.dsl;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The nearest of a list of spellings: optimal string alignment distance (Damerau 1964, restricted), at most a third of
 * the word and never more than three. Bounded: long words get no suggestion.
 */
public final class Suggestion {

    private static final int MAX_LENGTH = 64;
    private static final int MAX_CANDIDATES = 1_000;

    private Suggestion() {}

    /** The nearest of {@code allowed} to {@code said}, ties by alphabet, or null if nothing is near. */
    public static @Nullable String nearest(String said, Collection<String> allowed) {
        if (said.isEmpty() || said.length() > MAX_LENGTH || allowed.size() > MAX_CANDIDATES) {
            return null;
        }
        String word = said.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = Math.min(3, Math.max(1, said.length() / 3)) + 1;
        for (String candidate : allowed) {
            if (Math.abs(candidate.length() - word.length()) >= bestDistance + 1) {
                continue;
            }
            int distance = distance(word, candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance
                    || (distance == bestDistance && best != null && candidate.compareTo(best) < 0)) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** The one of {@code allowed} that was surely meant: the same but for case, or the only one a slip away. */
    static @Nullable String certain(String said, Collection<String> allowed) {
        if (said.length() < 4 || said.length() > MAX_LENGTH || allowed.size() > MAX_CANDIDATES) {
            return allowed.stream().filter(said::equalsIgnoreCase).findFirst().orElse(null);
        }
        String word = said.toLowerCase(Locale.ROOT);
        String only = null;
        for (String candidate : allowed) {
            if (Math.abs(candidate.length() - word.length()) <= 1
                    && distance(word, candidate.toLowerCase(Locale.ROOT)) <= 1) {
                if (only != null) {
                    return null;
                }
                only = candidate;
            }
        }
        return only;
    }

    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
