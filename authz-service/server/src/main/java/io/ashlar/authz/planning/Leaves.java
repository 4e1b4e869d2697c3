package io.ashlar.authz.planning;

import io.ashlar.authz.planning.Scale.Range;
import io.ashlar.authz.planning.Term.Stored;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.Datetime;
import io.ashlar.cedar.value.Decimal;
import io.ashlar.cedar.value.Duration;
import io.ashlar.cedar.value.IpRange;
import io.ashlar.cedar.value.Value;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Operand;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on one attribute of the row, in the terms of how it is stored. An instant is stored in microseconds, and is in a
 * policy the millisecond that it lies in; a day is in a policy its midnight UTC; a UUID is its text in lower case.
 */
final class Leaves {

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger FIRST_MILLI =
            BigInteger.valueOf(Instant.parse("0001-01-01T00:00:00Z").toEpochMilli());
    private static final BigInteger LAST_MILLI =
            BigInteger.valueOf(Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli());
    private static final BigInteger DAY_MILLIS = BigInteger.valueOf(86_400_000);

    private Leaves() {}

    /** Equal to one of the values. */
    static Formula oneOf(Stored stored, Collection<Value> values, Span at) {
        return switch (stored.kind()) {
            case OPAQUE -> throw opaque(stored, at);
            case DATETIME -> instants(stored, values);
            case TEXTS, ENTITIES -> {
                if (values.stream().anyMatch(Value.SetOf.class::isInstance)) {
                    throw new NotTranslatableException(at, "a filter cannot tell whether two sets are equal");
                }
                yield Formula.constant(Filters.present(stored.path()), false);
            }
            case UNTYPED, TEXT, FLAG, LONG, DECIMAL, ENTITY -> {
                List<Literal> literals = literals(stored, values, at);
                yield Formula.of(
                        stored.path(), Filters.oneOf(stored.path(), literals), Filters.noneOf(stored.path(), literals));
            }
        };
    }

    /** The order of a set is arbitrary; a plan's hash must not be. */
    private static List<Literal> literals(Stored stored, Collection<Value> values, Span at) {
        List<Literal> literals = new ArrayList<>();
        for (Value value : values) {
            Literal literal = literal(stored, value, at);
            if (literal != null) {
                literals.add(literal);
            }
        }
        return literals.stream()
                .distinct()
                .sorted(Comparator.comparing(Literal::toString))
                .toList();
    }

    /** The constant that means the value where the attribute is stored; null if it is never that value. */
    private static @Nullable Literal literal(Stored stored, Value value, Span at) {
        return switch (stored.kind()) {
            case UNTYPED -> untyped(stored, value, at);
            case TEXT -> value instanceof Value.Text(String text) ? text(stored, text, at) : null;
            case FLAG -> value instanceof Value.Flag(boolean flag) ? Literal.of(flag) : null;
            case LONG -> value instanceof Value.Whole(long number) ? Literal.of(number) : null;
            case DECIMAL -> value instanceof Decimal decimal ? decimal(decimal) : null;
            case ENTITY ->
                value instanceof Value.Reference(EntityUid uid)
                                && uid.type().equals(stored.type().entity())
                        ? text(stored, uid.id(), at)
                        : null;
            case DATETIME, TEXTS, ENTITIES, OPAQUE -> throw new IllegalArgumentException("no single constants");
        };
    }

    private static Literal untyped(Stored stored, Value value, Span at) {
        return switch (value) {
            case Value.Text(String text) -> storable(text, at);
            case Value.Whole(long number) -> Literal.of(number);
            case Value.Flag(boolean flag) -> Literal.of(flag);
            case Value.Reference reference -> throw undeclared(stored, at);
            case Value.SetOf set -> throw undeclared(stored, at);
            case Value.Fields fields -> throw undeclared(stored, at);
            case Decimal decimal -> throw undeclared(stored, at);
            case Datetime datetime -> throw undeclared(stored, at);
            case Duration duration -> throw undeclared(stored, at);
            case IpRange ip -> throw undeclared(stored, at);
        };
    }

    private static @Nullable Literal text(Stored stored, String text, Span at) {
        FieldType type = stored.type().stored();
        if (type == FieldType.TEXT) {
            throw new NotTranslatableException(at, "resource." + stored.path() + " is prose, which no filter compares");
        } else if (type == FieldType.UUID) {
            return isUuid(text) ? Literal.of(text) : null;
        } else if (type == FieldType.INT64) {
            Long number = wholeNumber(text);
            return number == null ? null : Literal.of(number);
        }
        return storable(text, at);
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException noUuid) {
            return false;
        }
    }

    private static @Nullable Long wholeNumber(String text) {
        try {
            long number = Long.parseLong(text);
            return Long.toString(number).equals(text) ? (Long) number : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    /** No store holds U+0000 or half of a pair in a text. */
    static Literal storable(String text, Span at) {
        boolean odd = text.codePoints()
                .anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        if (odd) {
            throw new NotTranslatableException(at, "a text with U+0000 or half a surrogate pair");
        }
        return Literal.of(text);
    }

    static Literal decimal(Decimal decimal) {
        return Literal.of(BigDecimal.valueOf(decimal.tenThousandths(), 4));
    }

    private static Formula instants(Stored stored, Collection<Value> values) {
        Filter present = Filters.present(stored.path());
        List<Filter> equal = values.stream()
                .filter(Datetime.class::isInstance)
                .map(value -> BigInteger.valueOf(((Datetime) value).epochMillis()))
                .sorted()
                .map(millis -> range(stored, new Range(millis, millis)))
                .toList();
        Filter isTrue = Filters.or(equal);
        return new Formula(isTrue, Filters.and(present, Filters.not(isTrue)), present);
    }

    /** Present and in the range; a range without ends is presence. */
    static Filter range(Stored stored, Range range) {
        FieldType type = stored.type().stored();
        if (range.isEmpty()) {
            return Filter.none();
        } else if (type == FieldType.TIMESTAMP) {
            return milliseconds(stored.path(), range);
        } else if (type == FieldType.DATE) {
            return days(stored.path(), range);
        }
        return numbers(stored.path(), range);
    }

    private static Filter numbers(String path, Range range) {
        Range within = range.and(new Range(LONG_MIN, LONG_MAX));
        BigInteger low = within.low();
        BigInteger high = within.high();
        if (low == null || high == null || within.isEmpty()) {
            return Filter.none();
        }
        if (low.equals(high)) {
            return condition(path, Op.EQ, Literal.of(low.longValueExact()));
        }
        Filter from = low.equals(LONG_MIN)
                ? Filters.present(path)
                : condition(path, Op.GTE, Literal.of(low.longValueExact()));
        Filter to = high.equals(LONG_MAX)
                ? Filters.present(path)
                : condition(path, Op.LTE, Literal.of(high.longValueExact()));
        return Filters.and(from, to);
    }

    /** An end outside of the years 1 to 9999, which is all there is, is no end. */
    private static Filter milliseconds(String path, Range range) {
        Range within = range.and(new Range(FIRST_MILLI, LAST_MILLI));
        BigInteger low = within.low();
        BigInteger high = within.high();
        if (low == null || high == null || within.isEmpty()) {
            return Filter.none();
        }
        Filter from = low.equals(FIRST_MILLI) ? Filters.present(path) : condition(path, Op.GTE, instant(low));
        Filter to = high.equals(LAST_MILLI)
                ? Filters.present(path)
                : condition(path, Op.LT, instant(high.add(BigInteger.ONE)));
        return Filters.and(from, to);
    }

    private static Literal instant(BigInteger millis) {
        return Literal.of(Instant.ofEpochMilli(millis.longValueExact()).toString());
    }

    private static Filter days(String path, Range range) {
        Range within = range.and(new Range(FIRST_MILLI, LAST_MILLI));
        if (within.low() == null || within.high() == null || within.isEmpty()) {
            return Filter.none();
        }
        BigInteger low = Scale.ceiling(within.low(), DAY_MILLIS);
        BigInteger high = Scale.floor(within.high(), DAY_MILLIS);
        if (low.compareTo(high) > 0) {
            return Filter.none();
        } else if (low.equals(high)) {
            return condition(path, Op.EQ, day(low));
        }
        boolean first = low.equals(Scale.ceiling(FIRST_MILLI, DAY_MILLIS));
        boolean last = high.equals(Scale.floor(LAST_MILLI, DAY_MILLIS));
        return Filters.and(
                first ? Filters.present(path) : condition(path, Op.GTE, day(low)),
                last ? Filters.present(path) : condition(path, Op.LTE, day(high)));
    }

    private static Literal day(BigInteger days) {
        return Literal.of(LocalDate.ofEpochDay(days.longValueExact()).toString());
    }

    static Condition condition(String path, Op op, Literal value) {
        return new Condition(path, op, new Operand.One(value));
    }

    /** The row's list has one of these, or all. */
    static Formula has(Stored stored, Op op, Collection<Value> values, Span at) {
        Filter present = Filters.present(stored.path());
        List<Literal> literals = new ArrayList<>();
        for (Value value : values) {
            Literal literal = element(stored, value, at);
            if (literal != null) {
                literals.add(literal);
            } else if (op == Op.HAS_ALL) {
                return Formula.constant(present, false);
            }
        }
        if (literals.isEmpty()) {
            return Formula.constant(present, op == Op.HAS_ALL);
        }
        literals.sort(Comparator.comparing(Literal::toString));
        Condition has = literals.size() == 1
                ? condition(stored.path(), Op.HAS, literals.getFirst())
                : new Condition(stored.path(), op, new Operand.Many(literals));
        return Formula.of(stored.path(), has, Filters.and(present, Filters.not(has)));
    }

    private static @Nullable Literal element(Stored stored, Value value, Span at) {
        return switch (stored.kind()) {
            case TEXTS -> value instanceof Value.Text(String text) ? storable(text, at) : null;
            case ENTITIES ->
                value instanceof Value.Reference(EntityUid uid)
                                && uid.type().equals(stored.type().entity())
                        ? storable(uid.id(), at)
                        : null;
            case UNTYPED -> {
                if (value instanceof Value.Text(String text)) {
                    yield storable(text, at);
                }
                throw undeclared(stored, at);
            }
            case TEXT, FLAG, LONG, DECIMAL, DATETIME, ENTITY, OPAQUE ->
                throw new IllegalArgumentException("not a list");
        };
    }

    static NotTranslatableException undeclared(Stored stored, Span at) {
        return new NotTranslatableException(
                at, "the type of resource." + stored.path() + " is not declared with the request's fields");
    }

    static NotTranslatableException opaque(Stored stored, Span at) {
        return new NotTranslatableException(at, "resource." + stored.path() + " is of a type that Cedar does not have");
    }
}
