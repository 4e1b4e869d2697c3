package io.ashlar.filter.dsl;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Conditions on one field, typed: what JSON would refuse by its shape cannot be written. Constants are String, Boolean,
 * Integer, Long, BigDecimal, Double, Instant, LocalDate or UUID; another class, a number that JSON cannot say, or time
 * finer than microseconds is an {@link IllegalArgumentException}. Whether the field takes them is told by the checker.
 * Immutable.
 */
public final class Where {

    private final String field;

    Where(String field) {
        this.field = field;
    }

    public Filter.Condition eq(Object value) {
        return one(Op.EQ, value);
    }

    public Filter.Condition neq(Object value) {
        return one(Op.NEQ, value);
    }

    public Filter.Condition gt(Object value) {
        return one(Op.GT, value);
    }

    public Filter.Condition gte(Object value) {
        return one(Op.GTE, value);
    }

    public Filter.Condition lt(Object value) {
        return one(Op.LT, value);
    }

    public Filter.Condition lte(Object value) {
        return one(Op.LTE, value);
    }

    /** From inclusive, to exclusive. */
    public Filter.Condition between(Object from, Object to) {
        return new Filter.Condition(field, Op.BETWEEN, new Operand.Range(literal(from), literal(to)));
    }

    public Filter.Condition in(Object... values) {
        return many(Op.IN, values);
    }

    public Filter.Condition notIn(Object... values) {
        return many(Op.NOT_IN, values);
    }

    public Filter.Condition contains(String text) {
        return one(Op.CONTAINS, text);
    }

    public Filter.Condition startsWith(String text) {
        return one(Op.STARTS_WITH, text);
    }

    public Filter.Condition endsWith(String text) {
        return one(Op.ENDS_WITH, text);
    }

    public Filter.Condition search(String words) {
        return one(Op.SEARCH, words);
    }

    public Filter.Condition has(String element) {
        return one(Op.HAS, element);
    }

    public Filter.Condition hasAny(String... elements) {
        return many(Op.HAS_ANY, (Object[]) elements);
    }

    public Filter.Condition hasAll(String... elements) {
        return many(Op.HAS_ALL, (Object[]) elements);
    }

    public Filter.Condition isNull() {
        return one(Op.IS_NULL, true);
    }

    public Filter.Condition isPresent() {
        return one(Op.IS_NULL, false);
    }

    public Filter.Condition within(Period period) {
        return new Filter.Condition(field, Op.WITHIN, new Operand.During(period));
    }

    static List<Filter> with(List<Filter> nodes, Filter last) {
        List<Filter> all = new ArrayList<>(nodes);
        all.add(last);
        return all;
    }

    private Filter.Condition one(Op op, Object value) {
        return new Filter.Condition(field, op, new Operand.One(literal(value)));
    }

    private Filter.Condition many(Op op, Object... values) {
        List<Literal> literals = Arrays.stream(values).map(Where::literal).toList();
        return new Filter.Condition(field, op, new Operand.Many(literals));
    }

    private static Literal literal(Object value) {
        return switch (value) {
            case Integer number -> Literal.of(number.longValue());
            case Double number when Double.isFinite(number) -> Values.literal(number);
            case Instant instant
            when Values.isTimestamp(instant) && instant.equals(instant.truncatedTo(ChronoUnit.MICROS)) ->
                Values.literal(instant);
            case String text when Texts.isStorable(text) -> Literal.of(text);
            case Boolean flag -> Literal.of(flag);
            case Long number -> Literal.of(number);
            case BigDecimal number -> Literal.of(number);
            case LocalDate day -> Values.literal(day);
            case UUID uuid -> Values.literal(uuid);
            default -> throw new IllegalArgumentException("not a constant: " + value.getClass());
        };
    }
}
