package io.ashlar.filter.dsl;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Constants as values of a field's type, and back. The one place that knows how each type is spelled: checker, compiler
 * and interpreter all go through it.
 *
 * <p>Java types: String, Boolean, Long, BigDecimal, Double, Instant, LocalDate, UUID; of a list of strings, its elements.
 */
final class Values {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    /** Fewer digits always fit. */
    private static final int LONG_DIGITS = 19;

    private static final int DAY_SECONDS = 86_400;

    private Values() {}

    /** Why a constant is not a value of a type. */
    enum Misfit {
        WRONG_TYPE,
        INVALID,
        OUT_OF_RANGE
    }

    /** Either a value of the type's Java class, or a {@link Misfit}. */
    static Object of(FieldType type, Literal literal) {
        return switch (type) {
            case STRING, TEXT, ENUM, STRINGS -> literal instanceof Literal.Text(String text) ? text : Misfit.WRONG_TYPE;
            case BOOL -> literal instanceof Literal.Flag(boolean flag) ? (Object) flag : Misfit.WRONG_TYPE;
            case INT64, MONEY ->
                literal instanceof Literal.Number(BigDecimal number) ? int64(number) : Misfit.WRONG_TYPE;
            case DECIMAL -> literal instanceof Literal.Number(BigDecimal number) ? number : Misfit.WRONG_TYPE;
            case DOUBLE -> literal instanceof Literal.Number(BigDecimal number) ? float64(number) : Misfit.WRONG_TYPE;
            case TIMESTAMP ->
                literal instanceof Literal.Text(String text) ? orInvalid(timestamp(text)) : Misfit.WRONG_TYPE;
            case DATE -> literal instanceof Literal.Text(String text) ? orInvalid(date(text)) : Misfit.WRONG_TYPE;
            case UUID -> literal instanceof Literal.Text(String text) ? orInvalid(uuid(text)) : Misfit.WRONG_TYPE;
        };
    }

    /** As {@link #of} for a constant that was checked before. */
    static Object checked(FieldType type, Literal literal) {
        Object value = of(type, literal);
        if (value instanceof Misfit misfit) {
            throw new IllegalArgumentException("a constant that is no " + type.wire() + ": " + misfit);
        }
        return value;
    }

    /** The canonical constant of a value: instants with microseconds and Z, UUIDs in lower case. */
    static Literal literal(Object value) {
        return switch (value) {
            case String text -> new Literal.Text(text);
            case Boolean flag -> new Literal.Flag(flag);
            case Long number -> new Literal.Number(number);
            case BigDecimal number -> new Literal.Number(number);
            case Double number -> new Literal.Number(new BigDecimal(number.toString()));
            case Instant instant -> new Literal.Text(text(instant));
            case LocalDate date -> new Literal.Text(date.toString());
            case UUID uuid -> new Literal.Text(uuid.toString());
            case List<?> texts ->
                new Literal.Texts(texts.stream().map(String.class::cast).toList());
            default -> throw new IllegalArgumentException("not a value: " + value.getClass());
        };
    }

    /** As {@link #compare}, where the type is known. */
    static Comparator<Object> order(FieldType type) {
        return switch (type) {
            case STRING, TEXT, ENUM, STRINGS -> (a, b) -> Texts.compare((String) a, (String) b);
            case INT64, MONEY -> (a, b) -> Long.compare((Long) a, (Long) b);
            case BOOL, DECIMAL, DOUBLE, TIMESTAMP, DATE, UUID -> Values::compare;
        };
    }

    /** The order that PostgreSQL gives two values of one type. */
    static int compare(Object a, Object b) {
        if (a instanceof String x && b instanceof String y) {
            return Texts.compare(x, y);
        } else if (a instanceof Boolean x && b instanceof Boolean y) {
            return x.compareTo(y);
        } else if (a instanceof Long x && b instanceof Long y) {
            return x.compareTo(y);
        } else if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.compareTo(y);
        } else if (a instanceof Double x && b instanceof Double y) {
            // Adding zero makes the negative zero positive: to SQL they are equal.
            return Double.compare(x + 0.0, y + 0.0);
        } else if (a instanceof Instant x && b instanceof Instant y) {
            return x.compareTo(y);
        } else if (a instanceof LocalDate x && b instanceof LocalDate y) {
            return x.compareTo(y);
        } else if (a instanceof UUID x && b instanceof UUID y) {
            int high = Long.compareUnsigned(x.getMostSignificantBits(), y.getMostSignificantBits());
            return high != 0 ? high : Long.compareUnsigned(x.getLeastSignificantBits(), y.getLeastSignificantBits());
        }
        throw new IllegalArgumentException("values of two types: " + a.getClass() + ", " + b.getClass());
    }

    /** RFC 3339, UTC, always six digits of a second. */
    static String text(Instant instant) {
        long second = instant.getEpochSecond();
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, DAY_SECONDS));
        int ofDay = Math.floorMod(second, DAY_SECONDS);
        StringBuilder out = new StringBuilder(27);
        pad(out, day.getYear(), 1_000).append('-');
        pad(out, day.getMonthValue(), 10).append('-');
        pad(out, day.getDayOfMonth(), 10).append('T');
        pad(out, ofDay / 3_600, 10).append(':');
        pad(out, ofDay / 60 % 60, 10).append(':');
        pad(out, ofDay % 60, 10).append('.');
        return pad(out, instant.getNano() / 1_000, 100_000).append('Z').toString();
    }

    /** {@code YYYY-MM-DD}, years 1 to 9999; null if it is not one. */
    static @Nullable LocalDate date(String text) {
        return text.length() == 10 ? leadingDate(text) : null;
    }

    /** What the first ten characters say. */
    private static @Nullable LocalDate leadingDate(String text) {
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        if (text.charAt(4) != '-' || text.charAt(7) != '-' || year < 1 || month < 1 || month > 12 || day < 1) {
            return null;
        }
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    /** RFC 3339 with an offset, at most six digits of a second, no leap second; null if it is not one. */
    static @Nullable Instant timestamp(String text) {
        int length = text.length();
        if (length < 20 || length > 32 || (text.charAt(10) != 'T' && text.charAt(10) != 't')) {
            return null;
        }
        LocalDate date = leadingDate(text);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        if (date == null
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || outside(hour, 23)
                || outside(minute, 59)
                || outside(second, 59)) {
            return null;
        }
        int at = 19;
        int micros = 0;
        if (text.charAt(at) == '.') {
            int end = at + 1;
            while (end < length && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            int count = end - at - 1;
            if (count < 1 || count > 6) {
                return null;
            }
            micros = digits(text, at + 1, end);
            for (int i = count; i < 6; i++) {
                micros *= 10;
            }
            at = end;
        }
        int offset = offsetSeconds(text, at);
        if (offset == Integer.MIN_VALUE) {
            return null;
        }
        long seconds = date.toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second - offset;
        Instant instant = Instant.ofEpochSecond(seconds, micros * 1_000L);
        return isTimestamp(instant) ? instant : null;
    }

    /** Whether it is in the years 1 to 9999, UTC. */
    static boolean isTimestamp(Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(END);
    }

    /** 8-4-4-4-12 hexadecimal digits; null if it is not that. */
    static @Nullable UUID uuid(String text) {
        if (text.length() != 36) {
            return null;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            char c = text.charAt(i);
            boolean fits = dash ? c == '-' : c < 0x80 && Character.digit(c, 16) >= 0;
            if (!fits) {
                return null;
            }
        }
        return UUID.fromString(text);
    }

    private static Object int64(BigDecimal number) {
        int scale = number.scale();
        if (scale <= 0 && (long) number.precision() - scale < LONG_DIGITS) {
            return number.longValueExact();
        }
        if (number.compareTo(LONG_MIN) < 0 || number.compareTo(LONG_MAX) > 0) {
            return Misfit.OUT_OF_RANGE;
        }
        // Constants carry no trailing zeros, so a scale above zero is a fraction.
        return scale > 0 ? Misfit.INVALID : (Object) number.longValueExact();
    }

    private static Object float64(BigDecimal number) {
        double value = number.doubleValue();
        return Double.isInfinite(value) ? Misfit.OUT_OF_RANGE : (Object) value;
    }

    private static Object orInvalid(@Nullable Object value) {
        return value == null ? Misfit.INVALID : value;
    }

    /** Seconds east of UTC of what stands from {@code at} to the end; the minimum if it is no offset. */
    private static int offsetSeconds(String text, int at) {
        int rest = text.length() - at;
        if (rest == 1 && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
            return 0;
        }
        if (rest != 6 || text.charAt(at + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = digits(text, at + 1, at + 3);
        int minutes = digits(text, at + 4, at + 6);
        char sign = text.charAt(at);
        if (outside(hours, 23) || outside(minutes, 59) || (sign != '+' && sign != '-')) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3_600 + minutes * 60;
        return sign == '+' ? seconds : -seconds;
    }

    private static boolean outside(int value, int max) {
        return value < 0 || value > max;
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** With zeros before it, so that its first digit counts that much. */
    private static StringBuilder pad(StringBuilder out, int value, int first) {
        for (int i = first; i > 1 && value < i; i /= 10) {
            out.append('0');
        }
        return out.append(value);
    }
}
