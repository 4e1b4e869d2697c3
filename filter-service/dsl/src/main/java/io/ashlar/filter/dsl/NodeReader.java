package io.ashlar.filter.dsl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Filter.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads filter nodes off a token stream: the one grammar for client queries, plans and seals. Goes on after a fault, so
 * that all are found; what it returns is then of no use. Not thread-safe.
 */
final class NodeReader {

    static final List<String> KEYS = List.of("field", "op", "value", "ci", "and", "or", "not", "segment");

    private static final int FIELD = 1;
    private static final int OP = 1 << 1;
    private static final int VALUE = 1 << 2;
    private static final int CI = 1 << 3;
    private static final int AND = 1 << 4;
    private static final int OR = 1 << 5;
    private static final int NOT = 1 << 6;
    private static final int SEGMENT = 1 << 7;
    private static final int CONDITION = FIELD | OP | VALUE | CI;

    private final JsonParser in;
    private final Limits limits;
    private final Faults faults;
    private final Path path;
    private final ValueReader values;
    private int nodes;

    NodeReader(JsonParser in, Limits limits, Faults faults, Path path) {
        this.in = in;
        this.limits = limits;
        this.faults = faults;
        this.path = path;
        this.values = new ValueReader(in, limits, faults, path);
    }

    /** The node whose first token is the current one; null after a fault. */
    @Nullable Filter node() throws IOException {
        return node(1);
    }

    /** The nodes of the array whose start is the current token. */
    List<Filter> nodes() throws IOException {
        return nodes(1);
    }

    private List<Filter> nodes(int depth) throws IOException {
        List<Filter> read = new ArrayList<>();
        for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            int mark = path.enter(i);
            Filter node = node(depth);
            if (node != null) {
                read.add(node);
            }
            path.leave(mark);
        }
        return read;
    }

    private @Nullable Filter node(int depth) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            return refuse(FaultCode.WRONG_TYPE, "A filter node is an object.");
        }
        if (depth > limits.depth()) {
            return refuse(FaultCode.TOO_DEEP, "Filters may be nested " + limits.depth() + " deep.");
        }
        if (++nodes > limits.nodes()) {
            if (nodes == limits.nodes() + 1) {
                return refuse(FaultCode.TOO_MANY_NODES, "A query may have " + limits.nodes() + " filter nodes.");
            }
            in.skipChildren();
            return null;
        }
        Parts parts = new Parts();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String key = in.currentName();
            in.nextToken();
            int mark = path.enter(key);
            member(parts, key, depth);
            path.leave(mark);
        }
        return build(parts);
    }

    private void member(Parts parts, String key, int depth) throws IOException {
        int bit = bit(key);
        if (bit == 0) {
            faults.unknownKey(path.toString(), "A filter node has no such key.", key, KEYS);
            in.skipChildren();
            return;
        }
        if ((parts.seen & bit) != 0) {
            refuse(FaultCode.DUPLICATE_KEY, "The key is given twice.");
            return;
        }
        parts.seen |= bit;
        switch (bit) {
            case FIELD -> parts.field = values.name();
            case OP -> parts.op = operator();
            case VALUE -> parts.value = values.operand();
            case CI -> parts.ci = values.flag();
            case AND -> parts.node = new And(children(depth));
            case OR -> parts.node = new Or(children(depth));
            case NOT -> {
                Filter inner = node(depth + 1);
                parts.node = inner == null ? null : new Filter.Not(inner);
            }
            default -> {
                String id = values.name();
                parts.node = id == null ? null : new Segment(id);
            }
        }
    }

    private List<Filter> children(int depth) throws IOException {
        if (in.currentToken() == JsonToken.START_ARRAY) {
            return nodes(depth + 1);
        }
        refuse(FaultCode.WRONG_TYPE, "An array of filter nodes is expected.");
        return List.of();
    }

    private @Nullable Op operator() throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            refuse(FaultCode.WRONG_TYPE, "An operator is a string.");
            return null;
        }
        String wire = in.getText();
        Op op = Op.ofWire(wire);
        if (op == null) {
            faults.add(FaultCode.UNKNOWN_OPERATOR, path.toString(), "There is no such operator.", wire, Op.wires());
        }
        return op;
    }

    private @Nullable Filter build(Parts parts) {
        int seen = parts.seen;
        if (seen == 0) {
            return new Filter.All();
        }
        int others = seen & ~CONDITION;
        if (others != 0 && (seen != others || Integer.bitCount(others) > 1)) {
            faults.add(
                    FaultCode.AMBIGUOUS_NODE,
                    path.toString(),
                    "A node is one of: a condition, and, or, not, segment; this one is several.");
            return null;
        }
        return others != 0 ? parts.node : condition(parts);
    }

    private @Nullable Filter condition(Parts parts) {
        require(parts, FIELD, "field");
        require(parts, OP, "op");
        require(parts, VALUE, "value");
        if (parts.field == null || parts.op == null || parts.value == null) {
            return null;
        }
        int mark = path.enter("value");
        Operand operand = shape(parts.op, parts.value);
        path.leave(mark);
        return operand == null ? null : new Condition(parts.field, parts.op, operand, parts.ci);
    }

    private @Nullable Operand shape(Op op, Operand read) {
        Op.Shape shape = op.shape();
        boolean fits =
                switch (shape) {
                    case ONE -> read instanceof Operand.One;
                    case TEXT -> isOne(read, Literal.Text.class);
                    case MANY -> read instanceof Operand.Many;
                    case TEXTS ->
                        read instanceof Operand.Many(List<Literal> all)
                                && all.stream().allMatch(Literal.Text.class::isInstance);
                    case RANGE -> read instanceof Operand.Many(List<Literal> two) && two.size() == 2;
                    case FLAG -> isOne(read, Literal.Flag.class);
                    case PERIOD -> read instanceof Operand.During;
                };
        if (!fits) {
            Fault fault = new Fault(FaultCode.WRONG_TYPE, path.toString(), shape.expected());
            faults.add(mended(fault, shape, read));
            return null;
        }
        if (op == Op.BETWEEN && read instanceof Operand.Many(List<Literal> two)) {
            return new Operand.Range(two.get(0), two.get(1));
        }
        return read;
    }

    /** One value where many are taken, and the other way round, is meant without doubt. */
    private static Fault mended(Fault fault, Op.Shape shape, Operand read) {
        String pointer = fault.pointer();
        boolean many = shape == Op.Shape.MANY || shape == Op.Shape.TEXTS;
        if (many && read instanceof Operand.One(Literal value)) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode().add(FilterJson.write(value));
            return fault.withFix(JsonPatch.replace(pointer, list));
        } else if (shape == Op.Shape.ONE && read instanceof Operand.Many(List<Literal> one) && one.size() == 1) {
            return fault.withFix(JsonPatch.replace(pointer, FilterJson.write(one.getFirst())));
        }
        return fault;
    }

    private static boolean isOne(Operand read, Class<? extends Literal> kind) {
        return read instanceof Operand.One(Literal value) && kind.isInstance(value);
    }

    private void require(Parts parts, int bit, String key) {
        if ((parts.seen & bit) == 0) {
            faults.add(FaultCode.MISSING_KEY, path.toString(), "The key \"" + key + "\" is missing.");
        }
    }

    private @Nullable Filter refuse(String code, String detail) throws IOException {
        faults.add(code, path.toString(), detail);
        in.skipChildren();
        return null;
    }

    private static int bit(String key) {
        return switch (key) {
            case "field" -> FIELD;
            case "op" -> OP;
            case "value" -> VALUE;
            case "ci" -> CI;
            case "and" -> AND;
            case "or" -> OR;
            case "not" -> NOT;
            case "segment" -> SEGMENT;
            default -> 0;
        };
    }

    /** What one object has said so far. */
    private static final class Parts {
        private int seen;
        private @Nullable String field;
        private @Nullable Op op;
        private @Nullable Operand value;
        private boolean ci;
        private @Nullable Filter node;
    }
}
