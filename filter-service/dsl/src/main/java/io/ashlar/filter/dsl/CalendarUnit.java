package io.ashlar.filter.dsl;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Units of periods and of time buckets. From the day on they follow a zone's calendar; weeks begin on Monday (ISO 8601).
 * Minutes and hours are cut by the clock on the wall with the offset in force at that very instant, so that the two
 * hours of an autumn night stay two.
 */
public enum CalendarUnit {
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static @Nullable CalendarUnit ofWire(String wire) {
        return Arrays.stream(values())
                .filter(unit -> unit.wire().equals(wire))
                .findFirst()
                .orElse(null);
    }

    static List<String> wires() {
        return Arrays.stream(values()).map(CalendarUnit::wire).toList();
    }

    /** Whether it is made of whole days. */
    boolean isCalendar() {
        return compareTo(DAY) >= 0;
    }

    /** The first day of the unit that the day belongs to. */
    LocalDate floor(LocalDate day) {
        return switch (this) {
            case MINUTE, HOUR -> throw new IllegalArgumentException("a part of a day");
            case DAY -> day;
            case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    /** The start of the minute or hour on the wall of the zone. */
    Instant floor(Instant instant, ZoneId zone) {
        var local = instant.atZone(zone).toLocalDateTime();
        return instant.minus(Duration.between(local.truncatedTo(clock()), local));
    }

    LocalDate plus(LocalDate day, long count) {
        return switch (this) {
            case MINUTE, HOUR -> throw new IllegalArgumentException("a part of a day");
            case DAY -> day.plusDays(count);
            case WEEK -> day.plusWeeks(count);
            case MONTH -> day.plusMonths(count);
            case QUARTER -> day.plusMonths(3 * count);
            case YEAR -> day.plusYears(count);
        };
    }

    /** The unit of {@code java.time} for a part of a day. */
    ChronoUnit clock() {
        return switch (this) {
            case MINUTE -> ChronoUnit.MINUTES;
            case HOUR -> ChronoUnit.HOURS;
            case DAY, WEEK, MONTH, QUARTER, YEAR -> throw new IllegalArgumentException("not a part of a day");
        };
    }
}
