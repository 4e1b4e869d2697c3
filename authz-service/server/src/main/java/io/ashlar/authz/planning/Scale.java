package io.ashlar.authz.planning;

import io.ashlar.cedar.value.Datetime;
import io.ashlar.cedar.value.Duration;
import io.ashlar.cedar.value.Value;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * How a number follows from the one that a row has: {@code trunc((factor · a + offset) / divisor)}, where {@code a} may first
 * be cut to its day. Monotone, so what holds of the number is an interval of {@code a}; computed without overflow, and the
 * rows for which the language's own 64 bits would overflow are outside of {@code domain}.
 *
 * @param kind what the number is to the language
 * @param days whether the instant is cut to midnight first
 * @param factor not 0
 * @param offset added
 * @param divisor positive; its quotient is cut towards zero
 * @param domain the values of {@code a} for which no step overflows
 */
record Scale(Kind kind, boolean days, BigInteger factor, BigInteger offset, BigInteger divisor, Range domain) {

    private static final BigInteger DAY_MILLIS = BigInteger.valueOf(86_400_000);
    private static final Range LONGS =
            new Range(BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE));

    /** Kinds of numbers, each comparable with its own. Instants and durations are milliseconds. */
    enum Kind {
        LONG,
        DATETIME,
        DURATION
    }

    /** From the one to the other, both included; null is without end. */
    record Range(@Nullable BigInteger low, @Nullable BigInteger high) {

        static final Range ALL = new Range(null, null);

        Range and(Range other) {
            BigInteger lower = low == null ? other.low : other.low == null ? low : low.max(other.low);
            BigInteger upper = high == null ? other.high : other.high == null ? high : high.min(other.high);
            return new Range(lower, upper);
        }

        boolean isEmpty() {
            return low != null && high != null && low.compareTo(high) > 0;
        }
    }

    static Scale identity(Kind kind) {
        return new Scale(kind, false, BigInteger.ONE, BigInteger.ZERO, BigInteger.ONE, Range.ALL);
    }

    boolean isIdentity() {
        return equals(identity(kind));
    }

    /** Whether more can be computed from it. */
    boolean isExact() {
        return divisor.equals(BigInteger.ONE);
    }

    Scale plus(long number, Kind result) {
        return new Scale(result, days, factor, offset.add(BigInteger.valueOf(number)), divisor, domain).checked();
    }

    Scale minus(long number, Kind result) {
        BigInteger rest = offset.subtract(BigInteger.valueOf(number));
        return new Scale(result, days, factor, rest, divisor, domain).checked();
    }

    Scale minusFrom(long number, Kind result) {
        BigInteger rest = BigInteger.valueOf(number).subtract(offset);
        return new Scale(result, days, factor.negate(), rest, divisor, domain).checked();
    }

    /** @param number not 0 */
    Scale times(long number) {
        BigInteger by = BigInteger.valueOf(number);
        return new Scale(kind, days, factor.multiply(by), offset.multiply(by), divisor, domain).checked();
    }

    Scale dividedBy(long number) {
        return new Scale(Kind.LONG, days, factor, offset, BigInteger.valueOf(number), domain);
    }

    /** Of an instant that nothing was computed from yet. */
    Scale cutToDay() {
        return new Scale(kind, true, factor, offset, divisor, domain);
    }

    /** The result fits in 64 bits, or the evaluation fails. */
    private Scale checked() {
        return new Scale(kind, days, factor, offset, divisor, domain.and(source(LONGS)));
    }

    /** The values of {@code a} for which the number is in the range, whatever the domain. */
    Range source(Range range) {
        BigInteger low = range.low();
        BigInteger high = range.high();
        if (low != null) {
            low = low.signum() > 0
                    ? low.multiply(divisor)
                    : low.subtract(BigInteger.ONE).multiply(divisor).add(BigInteger.ONE);
            low = low.subtract(offset);
        }
        if (high != null) {
            high = high.signum() < 0
                    ? high.multiply(divisor)
                    : high.add(BigInteger.ONE).multiply(divisor).subtract(BigInteger.ONE);
            high = high.subtract(offset);
        }
        boolean falling = factor.signum() < 0;
        BigInteger from = falling ? high : low;
        BigInteger to = falling ? low : high;
        from = from == null ? null : ceiling(from, factor);
        to = to == null ? null : floor(to, factor);
        return days ? ofDays(from, to) : new Range(from, to);
    }

    private static Range ofDays(@Nullable BigInteger from, @Nullable BigInteger to) {
        return new Range(
                from == null ? null : ceiling(from, DAY_MILLIS).multiply(DAY_MILLIS),
                to == null
                        ? null
                        : floor(to, DAY_MILLIS)
                                .add(BigInteger.ONE)
                                .multiply(DAY_MILLIS)
                                .subtract(BigInteger.ONE));
    }

    static BigInteger floor(BigInteger number, BigInteger by) {
        BigInteger[] parts = number.divideAndRemainder(by);
        return parts[1].signum() != 0 && parts[1].signum() != by.signum()
                ? parts[0].subtract(BigInteger.ONE)
                : parts[0];
    }

    static BigInteger ceiling(BigInteger number, BigInteger by) {
        return floor(number.negate(), by).negate();
    }

    /** What kind of number a value is, or null if it is none. */
    static @Nullable Kind kind(Value value) {
        for (Kind kind : Kind.values()) {
            if (number(kind, value) != null) {
                return kind;
            }
        }
        return null;
    }

    /** The number that a value of a kind is, or null if it is of another kind. */
    static @Nullable Long number(Kind kind, Value value) {
        return switch (kind) {
            case LONG -> value instanceof Value.Whole(long number) ? (Long) number : null;
            case DATETIME -> value instanceof Datetime(long millis) ? (Long) millis : null;
            case DURATION -> value instanceof Duration(long millis) ? (Long) millis : null;
        };
    }
}
