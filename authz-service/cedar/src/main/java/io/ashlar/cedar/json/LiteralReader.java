package io.ashlar.cedar.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.ExtensionFunction;
import io.ashlar.cedar.syntax.Limits;
import io.ashlar.cedar.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what stands behind {@code Value} in an expression: a value, as the expression that makes it. */
final class LiteralReader {

    private static final Span NOWHERE = Span.NOWHERE;

    private LiteralReader() {}

    static Expr read(JsonNode node, String pointer, int depth) {
        if (depth > Limits.DEPTH_MAX) {
            throw new CedarJsonException("expressions are nested at most " + Limits.DEPTH_MAX + " deep", pointer);
        }
        return switch (node.getNodeType()) {
            case BOOLEAN -> new Expr.Flag(node.booleanValue(), NOWHERE);
            case STRING -> new Expr.Text(Json.text(node, pointer), NOWHERE);
            case NUMBER -> new Expr.Whole(ValueJson.number(node, pointer), NOWHERE);
            case ARRAY -> new Expr.SetOf(list(node, pointer, depth), NOWHERE);
            case OBJECT -> {
                if (node.has("__entity")) {
                    yield new Expr.Reference(Json.entity(node, pointer), NOWHERE);
                }
                yield node.has("__extn") ? extension(node, pointer, depth) : record(node, pointer, depth);
            }
            case NULL, MISSING, BINARY, POJO ->
                throw new CedarJsonException("there is no such value in Cedar", pointer);
        };
    }

    private static List<Expr> list(JsonNode node, String pointer, int depth) {
        List<Expr> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(read(node.get(i), pointer + '/' + i, depth + 1));
        }
        return elements;
    }

    private static Expr record(JsonNode node, String pointer, int depth) {
        List<Expr.Field> fields = new ArrayList<>();
        node.properties()
                .forEach(field -> fields.add(new Expr.Field(
                        field.getKey(), read(field.getValue(), Json.at(pointer, field.getKey()), depth + 1))));
        return new Expr.RecordOf(fields, NOWHERE);
    }

    private static Expr extension(JsonNode node, String pointer, int depth) {
        String at = pointer + "/__extn";
        JsonNode call = Json.object(node, pointer, Set.of("__extn")).get("__extn");
        Json.object(call, at, Set.of("fn", "arg", "args"));
        String name = Json.text(call.path("fn"), at + "/fn");
        ExtensionFunction function = ExtensionFunction.of(name)
                .orElseThrow(() -> new CedarJsonException("there is no function " + name, at + "/fn"));
        List<Expr> arguments = call.has("args")
                ? list(Json.array(call.get("args"), at + "/args"), at + "/args", depth)
                : List.of(read(call.path("arg"), at + "/arg", depth + 1));
        return call(function, arguments, at);
    }

    static Expr call(ExtensionFunction function, List<Expr> arguments, String pointer) {
        if (function.isMethod() && arguments.isEmpty()) {
            throw new CedarJsonException(function.text() + " is called on a value", pointer);
        }
        return new Expr.Call(function, arguments, NOWHERE);
    }
}
