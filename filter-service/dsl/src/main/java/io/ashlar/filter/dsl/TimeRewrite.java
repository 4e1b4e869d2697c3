package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.Condition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a date that meets a timestamp into the day it is in a zone: from its first instant to the next day's first,
 * half-open, whatever the clocks did in between; and a relative period into what it is now. What follows knows instants
 * and dates only.
 */
final class TimeRewrite {

    private static final LocalDate FIRST = LocalDate.of(1, 1, 2);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 30);

    private final Setting setting;
    private final Faults faults;
    private final Path path;

    TimeRewrite(Setting setting, Faults faults, Path path) {
        this.setting = setting;
        this.faults = faults;
        this.path = path;
    }

    /** Whether the day is within the range of timestamps in every zone. */
    static boolean isWhole(LocalDate day) {
        return !day.isBefore(FIRST) && !day.isAfter(LAST);
    }

    Filter apply(Condition condition, FieldType type) {
        if (condition.operand() instanceof Operand.During(Period period)) {
            return during(condition, period, type);
        }
        if (type != FieldType.TIMESTAMP) {
            return condition;
        }
        return switch (condition.operand()) {
            case Operand.One(Literal value) -> {
                LocalDate day = day(value);
                yield day == null ? condition : one(condition, day);
            }
            case Operand.Range(Literal low, Literal high) ->
                new Condition(condition.field(), condition.op(), new Operand.Range(start(low), start(high)));
            case Operand.Many(List<Literal> values) -> many(condition, values);
            case Operand.During during -> condition;
        };
    }

    private Filter during(Condition condition, Period period, FieldType type) {
        boolean days = type == FieldType.DATE;
        if (days && (period.kind() == Period.Kind.PAST || !period.unit().isCalendar())) {
            faults.add(
                    FaultCode.VALUE_INVALID,
                    path.toString(),
                    "Of a date, a period is made of whole days: this, last or next day, week, month, quarter or year.");
            return condition;
        }
        try {
            if (days) {
                LocalDate today = setting.now().atZone(setting.zone()).toLocalDate();
                Period.Days span = period.days(today);
                if (isWhole(span.from()) && isWhole(span.to())) {
                    return within(condition, Values.literal(span.from()), Values.literal(span.to()));
                }
            } else {
                Period.Instants span = period.instants(setting.now(), setting.zone());
                if (Values.isTimestamp(span.from()) && Values.isTimestamp(span.to())) {
                    return within(condition, instant(span.from()), instant(span.to()));
                }
            }
        } catch (DateTimeException beyond) {
            faults.add(FaultCode.OUT_OF_RANGE, path.toString(), "The period reaches beyond the end of time.");
            return condition;
        }
        faults.add(FaultCode.OUT_OF_RANGE, path.toString(), "The period reaches beyond the end of time.");
        return condition;
    }

    private static Filter within(Condition condition, Literal from, Literal to) {
        return new Condition(condition.field(), Op.BETWEEN, new Operand.Range(from, to));
    }

    private static Literal instant(Instant instant) {
        return Values.literal(instant.truncatedTo(ChronoUnit.MICROS));
    }

    private Filter one(Condition condition, LocalDate day) {
        String field = condition.field();
        return switch (condition.op()) {
            case EQ -> within(field, day);
            case NEQ -> new Filter.Not(within(field, day));
            case GT -> new Condition(field, Op.GTE, new Operand.One(start(day.plusDays(1))));
            case GTE -> new Condition(field, Op.GTE, new Operand.One(start(day)));
            case LT -> new Condition(field, Op.LT, new Operand.One(start(day)));
            case LTE -> new Condition(field, Op.LT, new Operand.One(start(day.plusDays(1))));
            case BETWEEN,
                    IN,
                    NOT_IN,
                    CONTAINS,
                    STARTS_WITH,
                    ENDS_WITH,
                    HAS,
                    HAS_ANY,
                    HAS_ALL,
                    SEARCH,
                    IS_NULL,
                    WITHIN -> condition;
        };
    }

    private Filter many(Condition condition, List<Literal> values) {
        List<Filter> days = new ArrayList<>();
        List<Literal> instants = new ArrayList<>();
        for (Literal value : values) {
            LocalDate day = day(value);
            if (day == null) {
                instants.add(value);
            } else {
                days.add(within(condition.field(), day));
            }
        }
        if (days.isEmpty()) {
            return condition;
        }
        if (!instants.isEmpty()) {
            days.add(new Condition(condition.field(), Op.IN, new Operand.Many(instants)));
        }
        Filter any = new Filter.Or(days);
        return condition.op() == Op.NOT_IN ? new Filter.Not(any) : any;
    }

    private Condition within(String field, LocalDate day) {
        return new Condition(field, Op.BETWEEN, new Operand.Range(start(day), start(day.plusDays(1))));
    }

    private Literal start(Literal value) {
        LocalDate day = day(value);
        return day == null ? value : start(day);
    }

    private Literal start(LocalDate day) {
        return Values.literal(day.atStartOfDay(setting.zone()).toInstant());
    }

    /** The day, if the constant is a date that can be one in every zone. */
    private static @Nullable LocalDate day(Literal value) {
        LocalDate day = value instanceof Literal.Text(String text) ? Values.date(text) : null;
        return day != null && isWhole(day) ? day : null;
    }
}
