package io.ashlar.filter.dsl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The canonical JSON of a filter, as seals and plans carry it: members in the order field, op, value, ci; {@code ci}
 * only if true. Reading takes exactly what a client may write, without the client's limits. Thread-safe.
 *
 * <p>Decimals keep all digits only if the tree was read with {@code USE_BIG_DECIMAL_FOR_FLOATS}.
 */
public final class FilterJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    public FilterJson() {}

    public JsonNode write(Filter filter) {
        ObjectNode node = JSON.objectNode();
        switch (filter) {
            case Filter.All() -> {}
            case Filter.Condition condition -> condition(node, condition);
            case Filter.And(List<Filter> nodes) -> node.set("and", array(nodes));
            case Filter.Or(List<Filter> nodes) -> node.set("or", array(nodes));
            case Filter.Not(Filter inner) -> node.set("not", write(inner));
            case Filter.Segment(String id) -> node.put("segment", id);
        }
        return node;
    }

    /** The filter, or all faults with pointers relative to {@code node}. */
    public Parsed<Filter> read(JsonNode node) {
        Faults faults = new Faults();
        try (JsonParser in = node.traverse()) {
            in.nextToken();
            return faults.orOk(new NodeReader(in, Limits.INTERNAL, faults, new Path()).node());
        } catch (IOException impossible) {
            throw new UncheckedIOException("a tree in memory cannot fail to be read", impossible);
        }
    }

    /** A constant as JSON spells it: integers without a point or an exponent. */
    public static JsonNode write(Literal literal) {
        return switch (literal) {
            case Literal.Text(String value) -> JSON.textNode(value);
            case Literal.Flag(boolean value) -> JSON.booleanNode(value);
            case Literal.Texts(List<String> values) -> {
                ArrayNode array = JSON.arrayNode(values.size());
                values.forEach(array::add);
                yield array;
            }
            case Literal.Number(BigDecimal value) -> {
                if (value.scale() > 0) {
                    yield JSON.numberNode(value);
                }
                yield value.compareTo(LONG_MIN) >= 0 && value.compareTo(LONG_MAX) <= 0
                        ? JSON.numberNode(value.longValueExact())
                        : JSON.numberNode(value.toBigIntegerExact());
            }
        };
    }

    /** A constant of a position: null for JSON's null; anything but a scalar is an {@link IllegalArgumentException}. */
    public static @Nullable Literal literal(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL -> null;
            case STRING -> new Literal.Text(node.textValue());
            case BOOLEAN -> new Literal.Flag(node.booleanValue());
            case NUMBER -> new Literal.Number(node.decimalValue());
            case ARRAY, BINARY, MISSING, OBJECT, POJO ->
                throw new IllegalArgumentException("not a constant: " + node.getNodeType());
        };
    }

    private ArrayNode array(List<Filter> nodes) {
        ArrayNode array = JSON.arrayNode(nodes.size());
        nodes.forEach(inner -> array.add(write(inner)));
        return array;
    }

    private static void condition(ObjectNode node, Filter.Condition condition) {
        node.put("field", condition.field());
        node.put("op", condition.op().wire());
        switch (condition.operand()) {
            case Operand.One(Literal value) -> node.set("value", write(value));
            case Operand.Range(Literal low, Literal high) ->
                node.set("value", JSON.arrayNode(2).add(write(low)).add(write(high)));
            case Operand.During(Period period) -> {
                ObjectNode during = node.putObject("value");
                if (period.kind() == Period.Kind.THIS) {
                    during.put("this", period.unit().wire());
                } else {
                    during.put(period.kind().wire(), period.count());
                    during.put("unit", period.unit().wire());
                }
            }
            case Operand.Many(List<Literal> values) -> {
                ArrayNode array = node.putArray("value");
                values.forEach(value -> array.add(write(value)));
            }
        }
        if (condition.ignoreCase()) {
            node.put("ci", true);
        }
    }
}
