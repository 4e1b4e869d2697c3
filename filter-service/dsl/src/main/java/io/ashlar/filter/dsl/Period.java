package io.ashlar.filter.dsl;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A period relative to now. Wire: {@code {"this":"month"}}, {@code {"last":7,"unit":"day"}}, {@code {"next":…}},
 * {@code {"past":…}}.
 *
 * @param count of units, 1 to {@value #MAX_COUNT}; 1 for {@link Kind#THIS}
 */
public record Period(Kind kind, int count, CalendarUnit unit) {

    static final int MAX_COUNT = 10_000;

    public Period {
        if (count < 1 || count > MAX_COUNT || (kind == Kind.THIS && count != 1)) {
            throw new IllegalArgumentException("a period has 1 to " + MAX_COUNT + " units, this one 1");
        }
    }

    /** Which units. */
    public enum Kind {
        /** The one that now is in. */
        THIS,
        /** Whole ones, up to the start of this one. */
        LAST,
        /** Whole ones, from the end of this one. */
        NEXT,
        /** Not whole: up to this very moment. */
        PAST;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static @Nullable Kind ofWire(String wire) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wire().equals(wire))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Half-open. */
    record Instants(Instant from, Instant to) {}

    /** Half-open. */
    record Days(LocalDate from, LocalDate to) {}

    static List<String> kinds() {
        return Arrays.stream(Kind.values()).map(Kind::wire).toList();
    }

    /**
     * In instants. Days begin at their first instant in the zone, whatever the clocks do; a moment some days ago is at
     * the same time on the wall, or after the gap if there was none.
     */
    Instants instants(Instant now, ZoneId zone) {
        if (kind == Kind.PAST) {
            Instant from = unit.isCalendar()
                    ? now.atZone(zone)
                            .with(unit.plus(now.atZone(zone).toLocalDate(), -count))
                            .toInstant()
                    : now.minus(count, unit.clock());
            return new Instants(from, now);
        }
        if (unit.isCalendar()) {
            Days days = days(now.atZone(zone).toLocalDate());
            return new Instants(
                    days.from.atStartOfDay(zone).toInstant(),
                    days.to.atStartOfDay(zone).toInstant());
        }
        Instant start = unit.floor(now, zone);
        return new Instants(start.plus(firstUnit(), unit.clock()), start.plus(firstUnit() + count, unit.clock()));
    }

    /** In whole days; not for {@link Kind#PAST}, nor for parts of a day. */
    Days days(LocalDate today) {
        LocalDate start = unit.floor(today);
        return new Days(unit.plus(start, firstUnit()), unit.plus(start, firstUnit() + count));
    }

    /** How far the first unit is from the one that now is in. */
    private long firstUnit() {
        return switch (kind) {
            case THIS -> 0;
            case LAST -> -count;
            case NEXT -> 1;
            case PAST -> throw new IllegalArgumentException("not whole units");
        };
    }
}
