package io.ashlar.cedar.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Cedar's {@code datetime}: an instant.
 *
 * @param epochMillis milliseconds since 1970-01-01T00:00:00Z
 */
public record Datetime(long epochMillis) implements Value, Comparable<Datetime> {

    private static final int DATE_LENGTH = 10;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long MILLIS_MIN = parse("0000-01-01").epochMillis();
    private static final long MILLIS_MAX = parse("9999-12-31T23:59:59.999Z").epochMillis();

    /**
     * Reads {@code YYYY-MM-DD} or {@code YYYY-MM-DDThh:mm:ss[.SSS](Z|±hhmm)}.
     *
     * @throws IllegalArgumentException if the text is none, or names no instant
     */
    public static Datetime parse(String text) {
        int year = Digits.number(text, 0, 4);
        int month = Digits.number(text, 5, 2);
        int day = Digits.number(text, 8, 2);
        if (year < 0 || month < 0 || day < 0 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            throw malformed();
        }
        long millis;
        try {
            millis = LocalDate.of(year, month, day).toEpochDay() * DAY_MILLIS;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no such day", e);
        }
        return new Datetime(text.length() == DATE_LENGTH ? millis : millis + timeMillis(text));
    }

    /** From midnight UTC of the day. */
    private static long timeMillis(String text) {
        int hour = Digits.number(text, 11, 2);
        int minute = Digits.number(text, 14, 2);
        int second = Digits.number(text, 17, 2);
        if (hour < 0
                || minute < 0
                || second < 0
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            throw malformed();
        }
        int at = 19;
        int milli = 0;
        if (text.startsWith(".", at)) {
            milli = Digits.number(text, at + 1, 3);
            at += 4;
        }
        if (milli < 0) {
            throw malformed();
        }
        long offset = offsetMinutes(text, at);
        if (hour > 23 || minute > 59 || second > 59) {
            throw new IllegalArgumentException("there is no such time of day");
        }
        return ((hour * 60L + minute - offset) * 60 + second) * 1_000 + milli;
    }

    private static long offsetMinutes(String text, int at) {
        if (text.startsWith("Z", at) && text.length() == at + 1) {
            return 0;
        }
        boolean east = text.startsWith("+", at);
        int hours = Digits.number(text, at + 1, 2);
        int minutes = Digits.number(text, at + 3, 2);
        if ((!east && !text.startsWith("-", at)) || hours < 0 || minutes < 0 || text.length() != at + 5) {
            throw malformed();
        }
        if (hours > 23 || minutes > 59) {
            throw new IllegalArgumentException("an offset is less than a day");
        }
        return (east ? 1 : -1) * (hours * 60L + minutes);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "a datetime is 2024-10-15 or 2024-10-15T11:38:02.101Z, or with +hhmm for Z");
    }

    /**
     * This instant moved.
     *
     * @throws ArithmeticException if it does not fit in 64 bits
     */
    public Datetime offset(Duration by) {
        return new Datetime(Math.addExact(epochMillis, by.millis()));
    }

    /**
     * How long after the other.
     *
     * @throws ArithmeticException if it does not fit in 64 bits
     */
    public Duration since(Datetime other) {
        return new Duration(Math.subtractExact(epochMillis, other.epochMillis));
    }

    /**
     * Midnight UTC at or before it.
     *
     * @throws ArithmeticException if it does not fit in 64 bits
     */
    public Datetime date() {
        return new Datetime(Math.subtractExact(epochMillis, Math.floorMod(epochMillis, DAY_MILLIS)));
    }

    /** How long after midnight UTC, less than a day. */
    public Duration time() {
        return new Duration(Math.floorMod(epochMillis, DAY_MILLIS));
    }

    @Override
    public int compareTo(Datetime other) {
        return Long.compare(epochMillis, other.epochMillis);
    }

    @Override
    public String kind() {
        return "datetime";
    }

    /** Whether the constructor has a text for it: an offset can lead outside of the years 0 to 9999. */
    public boolean hasText() {
        return epochMillis >= MILLIS_MIN && epochMillis <= MILLIS_MAX;
    }

    /**
     * The constructor's argument for this value, always in UTC and with milliseconds.
     *
     * @throws IllegalStateException if there is none
     */
    public String text() {
        if (!hasText()) {
            throw new IllegalStateException("outside of the years 0 to 9999");
        }
        var time = Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC);
        return padded(time.getYear(), 4)
                + '-'
                + padded(time.getMonthValue(), 2)
                + '-'
                + padded(time.getDayOfMonth(), 2)
                + 'T'
                + padded(time.getHour(), 2)
                + ':'
                + padded(time.getMinute(), 2)
                + ':'
                + padded(time.getSecond(), 2)
                + '.'
                + padded(time.getNano() / 1_000_000, 3)
                + 'Z';
    }

    private static String padded(int number, int width) {
        String digits = Integer.toString(number);
        return "0".repeat(width - digits.length()) + digits;
    }
}
