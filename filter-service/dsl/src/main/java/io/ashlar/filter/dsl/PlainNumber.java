package io.ashlar.filter.dsl;

import java.math.BigDecimal;

/** Numbers that a long and a scale hold: a sign, at most 18 digits, a point among them. No exponent. */
final class PlainNumber {

    private static final int DIGITS_MAX = 18;

    private PlainNumber() {}

    /** Whether this part of a text is one, spelled as JSON spells numbers. */
    static boolean is(byte[] json, int from, int end) {
        int first = json[from] == '-' ? from + 1 : from;
        int at = digits(json, first, end);
        if (at == first || (json[first] == '0' && at > first + 1)) {
            return false;
        }
        int count = at - first;
        if (at < end && json[at] == '.') {
            int point = at;
            at = digits(json, point + 1, end);
            count += at - point - 1;
            if (at == point + 1) {
                return false;
            }
        }
        return at == end && count <= DIGITS_MAX;
    }

    /** The number that this part of a text {@link #is}. */
    static Literal.Number of(byte[] json, int from, int end) {
        long digits = 0;
        int scale = 0;
        for (int i = from; i < end; i++) {
            if (json[i] == '.') {
                scale = end - i - 1;
            } else if (json[i] != '-') {
                digits = 10 * digits + (json[i] - '0');
            }
        }
        return new Literal.Number(BigDecimal.valueOf(json[from] == '-' ? -digits : digits, scale));
    }

    private static int digits(byte[] json, int from, int end) {
        int at = from;
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at;
    }
}
