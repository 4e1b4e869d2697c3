package io.ashlar.cedar.value;

import io.ashlar.cedar.CedarValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads values as callers hand them in: extension values are parsed, depth is bounded. */
public final class Values {

    private Values() {}

    /**
     * The value that evaluation works with.
     *
     * @throws IllegalArgumentException if an extension value is malformed or values are nested too deep
     */
    public static Value of(CedarValue value) {
        return of(value, 0);
    }

    /**
     * A record of such values.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    public static Value.Fields fields(Map<String, CedarValue> values) {
        return values.isEmpty() ? Value.Fields.NONE : fields(values, 0);
    }

    private static Value of(CedarValue value, int depth) {
        if (depth > Value.DEPTH_MAX) {
            throw new IllegalArgumentException("values are nested at most " + Value.DEPTH_MAX + " deep");
        }
        return switch (value) {
            case CedarValue.Text(String text) -> new Value.Text(text);
            case CedarValue.Whole(long number) -> new Value.Whole(number);
            case CedarValue.Flag(boolean flag) -> Value.Flag.of(flag);
            case CedarValue.Reference(var uid) -> new Value.Reference(uid);
            case CedarValue.SetOf(Set<CedarValue> elements) -> {
                Set<Value> values = new HashSet<>();
                elements.forEach(element -> values.add(of(element, depth + 1)));
                yield new Value.SetOf(values);
            }
            case CedarValue.Fields(Map<String, CedarValue> fields) -> fields(fields, depth + 1);
            case CedarValue.Extension(String function, String argument) -> extension(function, argument);
        };
    }

    private static Value.Fields fields(Map<String, CedarValue> fields, int depth) {
        Map<String, Value> values = HashMap.newHashMap(fields.size());
        fields.forEach((name, value) -> values.put(name, of(value, depth)));
        return new Value.Fields(values);
    }

    /**
     * The value that a constructor of an extension type makes.
     *
     * @throws IllegalArgumentException if there is no such constructor or it refuses the argument
     */
    public static Value extension(String function, String argument) {
        return switch (function) {
            case "ip" -> IpRange.parse(argument);
            case "decimal" -> Decimal.parse(argument);
            case "datetime" -> Datetime.parse(argument);
            case "duration" -> Duration.parse(argument);
            default -> throw new IllegalArgumentException("there is no extension type made by " + function);
        };
    }
}
