package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.Condition;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a date that meets a timestamp into the day it is in a zone: from its first instant to the next day's first,
 * half-open, whatever the clocks did in between. What follows knows instants only.
 */
final class DayRewrite {

    private static final LocalDate FIRST = LocalDate.of(1, 1, 2);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 30);

    private final ZoneId zone;

    DayRewrite(ZoneId zone) {
        this.zone = zone;
    }

    /** Whether the day is within the range of timestamps in every zone. */
    static boolean isWhole(String date) {
        LocalDate day = Values.date(date);
        return day != null && !day.isBefore(FIRST) && !day.isAfter(LAST);
    }

    Filter apply(Condition condition, FieldType type) {
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
        };
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
            case BETWEEN, IN, CONTAINS, IS_NULL -> condition;
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
        return new Filter.Or(days);
    }

    private Condition within(String field, LocalDate day) {
        return new Condition(field, Op.BETWEEN, new Operand.Range(start(day), start(day.plusDays(1))));
    }

    private Literal start(Literal value) {
        LocalDate day = day(value);
        return day == null ? value : start(day);
    }

    private Literal start(LocalDate day) {
        return Values.literal(day.atStartOfDay(zone).toInstant());
    }

    /** The day, if the constant is a date that can be one in every zone. */
    private static @Nullable LocalDate day(Literal value) {
        return value instanceof Literal.Text(String text) && isWhole(text) ? Values.date(text) : null;
    }
}
