package io.ashlar.ingest.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * Instants on the wire: RFC 3339 in UTC with exactly six digits of a second, {@code 2001-01-01T10:00:00.000000Z}; in memory
 * microseconds since 1970. Reading accepts any RFC 3339 offset and up to nine digits, of which the last three are cut.
 */
public final class EventTime {

    /** The first instant that is stored: year 1 would meet the Julian calendar in other tools. */
    public static final long MIN_MICROS = microsOf(Instant.parse("1600-01-01T00:00:00Z"));

    /** The last instant that is stored. */
    public static final long MAX_MICROS = microsOf(Instant.parse("9999-12-31T23:59:59.999999Z"));

    private static final int TEXT_LENGTH = 27;
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long SECONDS_PER_DAY = 86_400L;
    private static final int MAX_TEXT = 40;

    private EventTime() {}

    /** Microseconds since 1970 of an instant, cut. */
    public static long microsOf(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / 1_000L);
    }

    /** The instant of microseconds since 1970. */
    public static Instant instantOf(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** The one written form; for years 0000 to 9999. */
    public static String format(long micros) {
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
        int fraction = (int) Math.floorMod(micros, MICROS_PER_SECOND);
        long day = Math.floorDiv(seconds, SECONDS_PER_DAY);
        int second = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
        LocalDate date = LocalDate.ofEpochDay(day);
        char[] text = new char[TEXT_LENGTH];
        digits(text, 0, 4, date.getYear());
        text[4] = '-';
        digits(text, 5, 2, date.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, date.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, second / 3_600);
        text[13] = ':';
        digits(text, 14, 2, second / 60 % 60);
        text[16] = ':';
        digits(text, 17, 2, second % 60);
        text[19] = '.';
        digits(text, 20, 6, fraction);
        text[26] = 'Z';
        return new String(text);
    }

    /** Microseconds since 1970; empty if the text is no RFC 3339 instant within the stored range. */
    public static OptionalLong parse(String text) {
        if (text.length() > MAX_TEXT) {
            return OptionalLong.empty();
        }
        try {
            long micros = isWritten(text) ? written(text) : any(text);
            return micros < MIN_MICROS || micros > MAX_MICROS ? OptionalLong.empty() : OptionalLong.of(micros);
        } catch (DateTimeException | ArithmeticException notAnInstant) {
            return OptionalLong.empty();
        }
    }

    private static long any(String text) {
        OffsetDateTime parsed = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        return microsOf(parsed.withOffsetSameInstant(ZoneOffset.UTC).toInstant());
    }

    private static boolean isWritten(String text) {
        if (text.length() != TEXT_LENGTH || text.charAt(26) != 'Z' || text.charAt(19) != '.') {
            return false;
        }
        for (int at = 0; at < 26; at++) {
            char c = text.charAt(at);
            boolean fits =
                    switch (at) {
                        case 4, 7 -> c == '-';
                        case 10 -> c == 'T';
                        case 13, 16 -> c == ':';
                        case 19 -> c == '.';
                        default -> c >= '0' && c <= '9';
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** The fast way for the form that we write ourselves. */
    private static long written(String text) {
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2))
                .toEpochDay();
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        if (hour > 23 || minute > 59 || second > 59) {
            throw new DateTimeException(text);
        }
        long seconds = day * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second;
        return seconds * MICROS_PER_SECOND + number(text, 20, 6);
    }

    private static int number(String text, int from, int length) {
        int value = 0;
        for (int at = from; at < from + length; at++) {
            value = value * 10 + (text.charAt(at) - '0');
        }
        return value;
    }

    private static void digits(char[] text, int from, int length, int value) {
        int rest = value;
        for (int at = from + length - 1; at >= from; at--) {
            text[at] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
