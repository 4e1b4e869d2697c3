package io.ashlar.cedar.value;

/**
 * Cedar's {@code duration}.
 *
 * @param millis milliseconds, negative if it goes back
 */
public record Duration(long millis) implements Value, Comparable<Duration> {

    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
    private static final long[] UNIT_MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

    /**
     * Reads {@code -?1d2h3m4s5ms}: each unit at most once and in this order, at least one.
     *
     * @throws IllegalArgumentException if the text is none, or does not fit
     */
    public static Duration parse(String text) {
        boolean negative = text.startsWith("-");
        long[] amounts = new long[UNITS.length];
        int at = negative ? 1 : 0;
        int unit = -1;
        if (at == text.length()) {
            throw malformed();
        }
        while (at < text.length()) {
            int end = at;
            while (Digits.is(text, end)) {
                end++;
            }
            int next = unitAt(text, end);
            if (end == at || next <= unit) {
                throw malformed();
            }
            unit = next;
            amounts[unit] = amount(text.substring(at, end), negative);
            at = end + UNITS[unit].length();
        }
        return new Duration(sum(amounts));
    }

    private static int unitAt(String text, int at) {
        for (int unit = UNITS.length - 1; unit >= 0; unit--) {
            if (text.startsWith(UNITS[unit], at)) {
                return unit;
            }
        }
        throw malformed();
    }

    private static long amount(String digits, boolean negative) {
        try {
            return Long.parseLong(negative ? '-' + digits : digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the duration does not fit in 64 bits", e);
        }
    }

    /** From the smallest unit up, as the reference adds: what overflows there on the way overflows here. */
    private static long sum(long[] amounts) {
        try {
            long sum = 0;
            for (int unit = UNITS.length - 1; unit >= 0; unit--) {
                sum = Math.addExact(sum, Math.multiplyExact(amounts[unit], UNIT_MILLIS[unit]));
            }
            return sum;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the duration does not fit in 64 bits", e);
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("a duration is amounts of d, h, m, s and ms in this order: 1d12h");
    }

    @Override
    public int compareTo(Duration other) {
        return Long.compare(millis, other.millis);
    }

    @Override
    public String kind() {
        return "duration";
    }

    /** The constructor's argument for this value. */
    public String text() {
        return millis + "ms";
    }
}
