package io.ashlar.authz.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.value.Values;
import io.ashlar.filter.dsl.Fault;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Cedar values: properties of a resource, attributes of a user, the context of a request.
 *
 * <p>Strings, booleans and whole numbers are themselves; a number with a fraction is a {@code decimal} if four digits hold it;
 * arrays are sets; objects are records but {@code {"__entity":{"type","id"}}} and {@code {"__extn":{"fn","arg"}}}, Cedar's own
 * escapes. {@code null} is absence.
 */
public final class Facts {

    private static final int DEPTH_MAX = 8;
    private static final int ELEMENTS_MAX = 1_000;
    private static final Set<String> EXTENSIONS = Set.of("ip", "decimal", "datetime", "duration");
    private static final BigDecimal DECIMAL_MAX = BigDecimal.valueOf(Long.MAX_VALUE, 4);

    private final List<Fault> faults;

    /** Adds what is wrong to {@code faults}. */
    public Facts(List<Fault> faults) {
        this.faults = faults;
    }

    /** An object's members; a missing object has none. */
    public Map<String, CedarValue> fields(JsonNode node, String pointer) {
        if (node.isMissingNode() || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject()) {
            faults.add(new Fault("wrong_type", pointer, "expected an object"));
            return Map.of();
        }
        return fields(node, pointer, 1);
    }

    private Map<String, CedarValue> fields(JsonNode node, String pointer, int depth) {
        Map<String, CedarValue> fields = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            CedarValue value = value(member.getValue(), pointer + '/' + Bodies.escape(member.getKey()), depth);
            if (value != null) {
                fields.put(member.getKey(), value);
            }
        }
        return fields;
    }

    private @Nullable CedarValue value(JsonNode node, String pointer, int depth) {
        if (depth > DEPTH_MAX || node.size() > ELEMENTS_MAX) {
            faults.add(new Fault(
                    "out_of_range",
                    pointer,
                    "at most " + DEPTH_MAX + " levels and " + ELEMENTS_MAX + " elements each are accepted"));
            return null;
        }
        return switch (node.getNodeType()) {
            case STRING -> new CedarValue.Text(node.textValue());
            case BOOLEAN -> new CedarValue.Flag(node.booleanValue());
            case NUMBER -> number(node, pointer);
            case ARRAY -> set(node, pointer, depth);
            case OBJECT -> object(node, pointer, depth);
            case NULL, MISSING -> null;
            case BINARY, POJO -> throw new IllegalArgumentException("not a tree of JSON");
        };
    }

    private @Nullable CedarValue number(JsonNode node, String pointer) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return new CedarValue.Whole(node.longValue());
        }
        BigDecimal value = node.decimalValue().stripTrailingZeros();
        if (!node.isIntegralNumber() && value.scale() <= 4 && value.abs().compareTo(DECIMAL_MAX) <= 0) {
            return new CedarValue.Extension(
                    "decimal", value.setScale(Math.max(1, value.scale())).toPlainString());
        }
        faults.add(new Fault(
                "out_of_range",
                pointer,
                "expected a whole number of 64 bits, or one with at most four decimal places"));
        return null;
    }

    private CedarValue set(JsonNode array, String pointer, int depth) {
        Set<CedarValue> values = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            CedarValue value = value(array.get(i), pointer + '/' + i, depth + 1);
            if (value != null) {
                values.add(value);
            } else if (array.get(i).isNull()) {
                faults.add(new Fault("wrong_type", pointer + '/' + i, "a set has no null"));
            }
        }
        return new CedarValue.SetOf(values);
    }

    private @Nullable CedarValue object(JsonNode node, String pointer, int depth) {
        if (node.has("__entity")) {
            return entity(node.path("__entity"), pointer + "/__entity");
        }
        if (node.has("__extn")) {
            return extension(node.path("__extn"), pointer + "/__extn");
        }
        return new CedarValue.Fields(fields(node, pointer, depth + 1));
    }

    private @Nullable CedarValue entity(JsonNode node, String pointer) {
        EntityUid uid = new Bodies(faults).uid(node, pointer);
        return uid == null ? null : new CedarValue.Reference(uid);
    }

    private @Nullable CedarValue extension(JsonNode node, String pointer) {
        String function = node.path("fn").asText();
        if (!EXTENSIONS.contains(function) || !node.path("arg").isTextual()) {
            faults.add(new Fault(
                    "wrong_type",
                    pointer,
                    "expected {\"fn\",\"arg\"}",
                    EXTENSIONS.stream().sorted().toList(),
                    null));
            return null;
        }
        String argument = node.path("arg").textValue();
        try {
            Values.extension(function, argument);
        } catch (IllegalArgumentException e) {
            faults.add(new Fault("value_invalid", pointer + "/arg", "not the argument of " + function));
            return null;
        }
        return new CedarValue.Extension(function, argument);
    }
}
