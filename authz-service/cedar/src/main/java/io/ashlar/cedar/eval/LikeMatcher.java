package io.ashlar.cedar.eval;

import io.ashlar.cedar.syntax.Pattern;
import java.util.List;

/**
 * Matches a {@code like} pattern in time linear in the text: the first and the last piece are anchored, the others are found
 * from left to right, each as early as it is there. Pieces longer than a few characters are searched by Knuth, Morris and
 * Pratt (Fast pattern matching in strings, SIAM J. Comput. 6(2), 1977).
 */
final class LikeMatcher {

    private static final int PLAIN_LENGTH_MAX = 8;

    private final String[] pieces;
    private final int[][] failures;

    LikeMatcher(Pattern pattern) {
        List<String> list = pattern.pieces();
        this.pieces = list.toArray(String[]::new);
        this.failures = new int[pieces.length][];
        for (int i = 0; i < pieces.length; i++) {
            failures[i] = pieces[i].length() > PLAIN_LENGTH_MAX ? failure(pieces[i]) : new int[0];
        }
    }

    boolean matches(String text) {
        String first = pieces[0];
        if (pieces.length == 1) {
            return text.equals(first);
        }
        String last = pieces[pieces.length - 1];
        int at = first.length();
        int end = text.length() - last.length();
        if (at > end || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = find(text, i, at, end);
            if (found < 0) {
                return false;
            }
            at = found + pieces[i].length();
        }
        return true;
    }

    /** Where the piece is first, all of it between the two offsets, or -1. */
    private int find(String text, int index, int from, int to) {
        String piece = pieces[index];
        if (piece.length() <= PLAIN_LENGTH_MAX) {
            return text.indexOf(piece, from, to);
        }
        int[] failure = failures[index];
        int matched = 0;
        for (int i = from; i < to; i++) {
            while (matched > 0 && text.charAt(i) != piece.charAt(matched)) {
                matched = failure[matched - 1];
            }
            if (text.charAt(i) == piece.charAt(matched)) {
                matched++;
            }
            if (matched == piece.length()) {
                return i + 1 - matched;
            }
        }
        return -1;
    }

    /** For each prefix, how long its longest proper border is. */
    private static int[] failure(String piece) {
        int[] failure = new int[piece.length()];
        int matched = 0;
        for (int i = 1; i < piece.length(); i++) {
            while (matched > 0 && piece.charAt(i) != piece.charAt(matched)) {
                matched = failure[matched - 1];
            }
            if (piece.charAt(i) == piece.charAt(matched)) {
                matched++;
            }
            failure[i] = matched;
        }
        return failure;
    }
}
