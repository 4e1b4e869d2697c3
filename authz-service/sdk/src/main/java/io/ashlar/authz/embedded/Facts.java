package io.ashlar.authz.embedded;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.value.Decimal;
import io.ashlar.cedar.value.Value;
import io.ashlar.cedar.value.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question's facts as Cedar values, by the rules that authz reads their JSON by: null is absence, a number with a fraction is a
 * {@code decimal} of at most four places, arrays are sets, and objects are records but for Cedar's escapes {@code __entity} and
 * {@code __extn}. Stateless.
 */
final class Facts {

    private static final int DEPTH_MAX = 8;
    private static final int ELEMENTS_MAX = 1_000;
    private static final Set<String> EXTENSIONS = Set.of("ip", "decimal", "datetime", "duration");

    private Facts() {}

    /**
     * A record of a question.
     *
     * @param where its name, for errors
     * @throws IllegalArgumentException if authz would refuse it
     */
    static Value.Fields fields(Map<String, ?> facts, String where) {
        return facts.isEmpty() ? Value.Fields.NONE : fields(facts, where, 1);
    }

    private static Value.Fields fields(Map<?, ?> facts, String where, int depth) {
        Map<String, Value> values = HashMap.newHashMap(facts.size());
        facts.forEach((name, fact) -> {
            @Nullable Value value = value(fact, where + '/' + name, depth);
            if (value != null) {
                values.put(String.valueOf(name), value);
            }
        });
        return new Value.Fields(values);
    }

    private static @Nullable Value value(@Nullable Object fact, String where, int depth) {
        if (depth > DEPTH_MAX) {
            throw refused(where, "at most " + DEPTH_MAX + " levels are accepted");
        }
        return switch (fact) {
            case null -> null;
            case String text -> new Value.Text(text);
            case Boolean flag -> Value.Flag.of(flag);
            case Number number -> number(number, where);
            case List<?> list -> set(list, where, depth);
            case Map<?, ?> map -> object(map, where, depth);
            default -> throw refused(where, fact.getClass().getName() + " is no JSON value");
        };
    }

    private static Value number(Number number, String where) {
        return switch (number) {
            case Long whole -> new Value.Whole(whole);
            case Integer whole -> new Value.Whole(whole);
            case Short whole -> new Value.Whole(whole);
            case Byte whole -> new Value.Whole(whole);
            case BigInteger whole when whole.bitLength() < Long.SIZE -> new Value.Whole(whole.longValue());
            // As JSON has it: 1 is whole, 1.0 and 1E+3 are not.
            case BigDecimal whole
            when whole.scale() == 0 && whole.unscaledValue().bitLength() < Long.SIZE ->
                new Value.Whole(whole.longValueExact());
            case BigDecimal fraction when fraction.scale() != 0 -> decimal(fraction, where);
            case Double fraction when Double.isFinite(fraction) -> decimal(BigDecimal.valueOf(fraction), where);
            case Float fraction when Float.isFinite(fraction) -> decimal(new BigDecimal(fraction.toString()), where);
            default -> throw notANumber(where);
        };
    }

    private static Value decimal(BigDecimal fraction, String where) {
        BigDecimal value = fraction.stripTrailingZeros();
        if (value.scale() > 4 || (long) value.precision() - value.scale() > 19) {
            throw notANumber(where);
        }
        try {
            return Decimal.parse(value.setScale(Math.max(1, value.scale())).toPlainString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static Value set(List<?> list, String where, int depth) {
        bounded(list.size(), where);
        Set<Value> values = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            @Nullable Value value = value(list.get(i), where + '/' + i, depth + 1);
            if (value == null) {
                throw refused(where + '/' + i, "a set has no null");
            }
            values.add(value);
        }
        return new Value.SetOf(values);
    }

    private static Value object(Map<?, ?> map, String where, int depth) {
        bounded(map.size(), where);
        if (map.get("__entity") instanceof Map<?, ?> uid
                && uid.get("type") instanceof String type
                && uid.get("id") instanceof String id) {
            return new Value.Reference(new EntityUid(type, id));
        }
        if (map.get("__extn") instanceof Map<?, ?> call
                && call.get("fn") instanceof String function
                && EXTENSIONS.contains(function)
                && call.get("arg") instanceof String argument) {
            return Values.extension(function, argument);
        }
        if (map.containsKey("__entity") || map.containsKey("__extn")) {
            throw refused(where, "neither an entity nor a value of an extension type");
        }
        return fields(map, where, depth + 1);
    }

    private static void bounded(int size, String where) {
        if (size > ELEMENTS_MAX) {
            throw refused(where, "at most " + ELEMENTS_MAX + " elements are accepted");
        }
    }

    private static IllegalArgumentException notANumber(String where) {
        return refused(where, "expected a whole number of 64 bits, or one with at most four decimal places");
    }

    private static IllegalArgumentException refused(String where, String why) {
        return new IllegalArgumentException(where + ": " + why);
    }
}
