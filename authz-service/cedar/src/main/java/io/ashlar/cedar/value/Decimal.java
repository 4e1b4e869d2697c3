package io.ashlar.cedar.value;

/**
 * Cedar's {@code decimal}: a 64-bit number of ten-thousandths.
 *
 * @param tenThousandths the value times 10,000
 */
public record Decimal(long tenThousandths) implements Value, Comparable<Decimal> {

    private static final int DIGITS = 4;
    private static final int SCALE = 10_000;

    /**
     * Reads {@code -?digits.digits}, with one to four digits behind the point.
     *
     * @throws IllegalArgumentException if the text is none, or does not fit
     */
    public static Decimal parse(String text) {
        int point = text.indexOf('.');
        boolean negative = text.startsWith("-");
        int start = negative ? 1 : 0;
        int places = text.length() - point - 1;
        if (point <= start
                || places < 1
                || places > DIGITS
                || !Digits.only(text, start, point)
                || !Digits.only(text, point + 1, text.length())) {
            throw new IllegalArgumentException("a decimal is digits, a point and one to four digits");
        }
        try {
            long whole = Math.multiplyExact(Long.parseLong(text.substring(0, point)), SCALE);
            long fraction = Long.parseLong(text.substring(point + 1));
            for (int i = places; i < DIGITS; i++) {
                fraction *= 10;
            }
            return new Decimal(negative ? Math.subtractExact(whole, fraction) : Math.addExact(whole, fraction));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("the decimal does not fit in 64 bits", e);
        }
    }

    @Override
    public int compareTo(Decimal other) {
        return Long.compare(tenThousandths, other.tenThousandths);
    }

    @Override
    public String kind() {
        return "decimal";
    }

    /** The constructor's argument for this value, with four digits behind the point. */
    public String text() {
        String digits = Long.toString(Math.abs(tenThousandths % SCALE));
        return (tenThousandths < 0 ? "-" : "")
                + Math.abs(tenThousandths / SCALE)
                + '.'
                + "0".repeat(DIGITS - digits.length())
                + digits;
    }
}
