package io.ashlar.cedar.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.value.Datetime;
import io.ashlar.cedar.value.Decimal;
import io.ashlar.cedar.value.Duration;
import io.ashlar.cedar.value.IpRange;
import io.ashlar.cedar.value.Value;
import io.ashlar.cedar.value.Values;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Values as JSON: what JSON has as it is, entities and extension values escaped. Stateless and thread-safe. */
public final class ValueJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String EPOCH = "1970-01-01";

    private ValueJson() {}

    /**
     * A record, such as a request's context.
     *
     * @throws CedarJsonException if the text is none
     */
    public static Value.Fields readFields(String text) {
        return fields(Json.parse(text), "", 0);
    }

    /**
     * A value.
     *
     * @throws CedarJsonException if the text is none
     */
    public static Value read(String text) {
        return read(Json.parse(text), "", 0);
    }

    static Value read(JsonNode node, String pointer, int depth) {
        if (depth > Value.DEPTH_MAX) {
            throw new CedarJsonException("values are nested at most " + Value.DEPTH_MAX + " deep", pointer);
        }
        return switch (node.getNodeType()) {
            case BOOLEAN -> Value.Flag.of(node.booleanValue());
            case STRING -> new Value.Text(Json.text(node, pointer));
            case NUMBER -> new Value.Whole(number(node, pointer));
            case ARRAY -> {
                Set<Value> values = new HashSet<>();
                for (int i = 0; i < node.size(); i++) {
                    values.add(read(node.get(i), pointer + '/' + i, depth + 1));
                }
                yield new Value.SetOf(values);
            }
            case OBJECT -> {
                if (node.has("__entity")) {
                    yield new Value.Reference(Json.entity(node, pointer));
                }
                yield node.has("__extn") ? extension(node, pointer, depth) : fields(node, pointer, depth + 1);
            }
            case NULL, MISSING, BINARY, POJO ->
                throw new CedarJsonException("there is no such value in Cedar", pointer);
        };
    }

    static long number(JsonNode node, String pointer) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new CedarJsonException("numbers are whole and fit in 64 bits", pointer);
        }
        return node.longValue();
    }

    static Value.Fields fields(JsonNode node, String pointer, int depth) {
        Map<String, Value> values = new HashMap<>();
        Json.object(node, pointer).properties().forEach(field -> {
            String at = Json.at(pointer, field.getKey());
            if (field.getKey().equals("__expr")) {
                throw new CedarJsonException("expressions are no values", at);
            }
            values.put(field.getKey(), read(field.getValue(), at, depth));
        });
        return new Value.Fields(values);
    }

    private static Value extension(JsonNode node, String pointer, int depth) {
        JsonNode call = Json.object(node, pointer, Set.of("__extn")).get("__extn");
        Json.object(call, pointer, Set.of("fn", "arg", "args"));
        String function = Json.text(call.path("fn"), pointer + "/__extn/fn");
        try {
            if (function.equals("offset")) {
                return offset(Json.array(call.path("args"), pointer + "/__extn/args"), pointer, depth);
            }
            JsonNode argument = call.has("args") ? call.get("args").path(0) : call.path("arg");
            return Values.extension(function, Json.text(argument, pointer + "/__extn/arg"));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CedarJsonException(String.valueOf(e.getMessage()), pointer);
        }
    }

    /** The spelling of an instant that no text of the constructor names. */
    private static Value offset(JsonNode arguments, String pointer, int depth) {
        if (arguments.size() == 2
                && read(arguments.get(0), pointer + "/__extn/args/0", depth + 1) instanceof Datetime instant
                && read(arguments.get(1), pointer + "/__extn/args/1", depth + 1) instanceof Duration by) {
            return instant.offset(by);
        }
        throw new CedarJsonException("offset takes a datetime and a duration", pointer);
    }

    /** The value in one form for each value: sets keep no order. */
    public static JsonNode write(Value value) {
        return switch (value) {
            case Value.Flag(boolean flag) -> BooleanNode.valueOf(flag);
            case Value.Whole(long number) -> LongNode.valueOf(number);
            case Value.Text(String text) -> TextNode.valueOf(text);
            case Value.Reference(EntityUid uid) -> escaped(uid);
            case Value.SetOf(Set<Value> values) -> {
                ArrayNode array = NODES.arrayNode();
                values.forEach(element -> array.add(write(element)));
                yield array;
            }
            case Value.Fields(Map<String, Value> values) -> writeFields(values);
            case Decimal decimal -> extension("decimal", decimal.text());
            case Duration duration -> extension("duration", duration.text());
            case IpRange ip -> extension("ip", ip.text());
            case Datetime datetime -> datetime.hasText() ? extension("datetime", datetime.text()) : offset(datetime);
        };
    }

    static ObjectNode writeFields(Map<String, Value> values) {
        ObjectNode object = NODES.objectNode();
        new TreeMap<>(values).forEach((name, inner) -> object.set(name, write(inner)));
        return object;
    }

    static ObjectNode uid(EntityUid uid) {
        return NODES.objectNode().put("type", uid.type()).put("id", uid.id());
    }

    static ObjectNode escaped(EntityUid uid) {
        return NODES.objectNode().set("__entity", uid(uid));
    }

    private static ObjectNode extension(String function, String argument) {
        return NODES.objectNode()
                .set("__extn", NODES.objectNode().put("fn", function).put("arg", argument));
    }

    private static ObjectNode offset(Datetime datetime) {
        ObjectNode call = NODES.objectNode().put("fn", "offset");
        call.putArray("args")
                .add(extension("datetime", EPOCH))
                .add(extension("duration", new Duration(datetime.epochMillis()).text()));
        return NODES.objectNode().set("__extn", call);
    }
}
