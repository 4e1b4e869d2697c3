package io.ashlar.cedar.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.Pattern;
import io.ashlar.cedar.syntax.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes expressions in the JSON policy format. */
final class ExprJsonWriter {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ExprJsonWriter() {}

    static ObjectNode write(Expr expr) {
        return switch (expr) {
            case Expr.Flag e -> NODES.objectNode().put("Value", e.value());
            case Expr.Whole e -> NODES.objectNode().put("Value", e.value());
            case Expr.Text e -> NODES.objectNode().put("Value", e.value());
            case Expr.Reference e -> of("Value", ValueJson.escaped(e.uid()));
            case Expr.Variable e -> NODES.objectNode().put("Var", e.name().text());
            case Expr.Not e -> of("!", of("arg", write(e.operand())));
            case Expr.Negate e -> of("neg", of("arg", write(e.operand())));
            case Expr.IsEmpty e -> of("isEmpty", of("arg", write(e.operand())));
            case Expr.And e -> chain("&&", e.operands());
            case Expr.Or e -> chain("||", e.operands());
            case Expr.Binary e -> of(e.operator().text(), pair(write(e.left()), e.right()));
            case Expr.Attribute e -> of(".", of("left", write(e.target())).put("attr", e.name()));
            case Expr.Has e -> of("has", of("left", write(e.target())).put("attr", e.name()));
            case Expr.Like e -> {
                ObjectNode like = of("left", write(e.target()));
                yield of("like", like.set("pattern", pattern(e.pattern())));
            }
            case Expr.Is(Expr target, String type, @Nullable Expr in, Span at) -> {
                ObjectNode is = of("left", write(target)).put("entity_type", type);
                yield of("is", in == null ? is : is.set("in", write(in)));
            }
            case Expr.If e -> {
                ObjectNode choice = of("if", write(e.condition()));
                choice.set("then", write(e.then()));
                yield of("if-then-else", choice.set("else", write(e.otherwise())));
            }
            case Expr.SetOf e -> of("Set", list(e.elements()));
            case Expr.RecordOf e -> {
                ObjectNode fields = NODES.objectNode();
                e.fields().forEach(field -> fields.set(field.name(), write(field.value())));
                yield of("Record", fields);
            }
            case Expr.Call e -> of(e.function().text(), list(e.arguments()));
        };
    }

    private static ObjectNode of(String name, JsonNode value) {
        return NODES.objectNode().set(name, value);
    }

    private static ObjectNode pair(ObjectNode left, Expr right) {
        return of("left", left).set("right", write(right));
    }

    private static ObjectNode chain(String operator, List<Expr> operands) {
        ObjectNode left = write(operands.getFirst());
        for (Expr operand : operands.subList(1, operands.size())) {
            left = of(operator, pair(left, operand));
        }
        return left;
    }

    private static ArrayNode list(List<Expr> elements) {
        ArrayNode array = NODES.arrayNode();
        elements.forEach(element -> array.add(write(element)));
        return array;
    }

    /** Character by character, as the reference writes it. */
    private static ArrayNode pattern(Pattern pattern) {
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < pattern.pieces().size(); i++) {
            if (i > 0) {
                array.add("Wildcard");
            }
            pattern.pieces().get(i).codePoints().forEach(c -> array.addObject().put("Literal", Character.toString(c)));
        }
        return array;
    }
}
