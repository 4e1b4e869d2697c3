package io.ashlar.cedar.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.ExtensionFunction;
import io.ashlar.cedar.syntax.Identifiers;
import io.ashlar.cedar.syntax.Limits;
import io.ashlar.cedar.syntax.Operator;
import io.ashlar.cedar.syntax.Pattern;
import io.ashlar.cedar.syntax.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads expressions of the JSON policy format. */
final class ExprReader {

    private static final Span NOWHERE = Span.NOWHERE;

    private ExprReader() {}

    static Expr read(JsonNode node, String pointer, int depth) {
        if (depth > Limits.DEPTH_MAX) {
            throw new CedarJsonException("expressions are nested at most " + Limits.DEPTH_MAX + " deep", pointer);
        }
        Map.Entry<String, JsonNode> only = only(node, pointer);
        String name = only.getKey();
        JsonNode body = only.getValue();
        String at = Json.at(pointer, name);
        return switch (name) {
            case "Value" -> LiteralReader.read(body, at, depth);
            case "Var" -> variable(body, at);
            case "Slot" -> throw new CedarJsonException("slots are only in the scope of a policy", at);
            case "!" -> new Expr.Not(argument(body, at, depth), NOWHERE);
            case "neg" -> new Expr.Negate(argument(body, at, depth), NOWHERE);
            case "isEmpty" -> new Expr.IsEmpty(argument(body, at, depth), NOWHERE);
            case "&&" -> new Expr.And(chain(node, "&&", pointer, depth), NOWHERE);
            case "||" -> new Expr.Or(chain(node, "||", pointer, depth), NOWHERE);
            case "." -> {
                Json.object(body, at, Set.of("left", "attr"));
                yield new Expr.Attribute(
                        part(body, "left", at, depth), Json.text(body.path("attr"), at + "/attr"), NOWHERE);
            }
            case "has" -> has(body, at, depth);
            case "like" -> like(body, at, depth);
            case "is" -> is(body, at, depth);
            case "if-then-else" -> {
                Json.object(body, at, Set.of("if", "then", "else"));
                yield new Expr.If(
                        part(body, "if", at, depth),
                        part(body, "then", at, depth),
                        part(body, "else", at, depth),
                        NOWHERE);
            }
            case "Set" -> new Expr.SetOf(list(body, at, depth), NOWHERE);
            case "Record" -> record(body, at, depth);
            default -> named(name, body, at, depth);
        };
    }

    private static Map.Entry<String, JsonNode> only(JsonNode node, String pointer) {
        if (Json.object(node, pointer).size() != 1) {
            throw new CedarJsonException("an expression is an object with one field", pointer);
        }
        return node.properties().iterator().next();
    }

    private static Expr part(JsonNode body, String field, String pointer, int depth) {
        return read(body.path(field), Json.at(pointer, field), depth + 1);
    }

    private static Expr argument(JsonNode body, String pointer, int depth) {
        return part(Json.object(body, pointer, Set.of("arg")), "arg", pointer, depth);
    }

    private static Expr variable(JsonNode body, String pointer) {
        String text = Json.text(body, pointer);
        for (Expr.Variable.Name name : Expr.Variable.Name.values()) {
            if (name.text().equals(text)) {
                return new Expr.Variable(name, NOWHERE);
            }
        }
        throw new CedarJsonException("there is no variable " + text, pointer);
    }

    /** The operands of a chain that groups to the left, without recursion along it. */
    private static List<Expr> chain(JsonNode first, String operator, String pointer, int depth) {
        Deque<Expr> operands = new ArrayDeque<>();
        JsonNode node = first;
        while (node.isObject() && node.size() == 1 && node.has(operator)) {
            if (operands.size() >= Limits.OPERANDS_MAX) {
                throw new CedarJsonException("a chain has at most " + Limits.OPERANDS_MAX + " operands", pointer);
            }
            JsonNode body = Json.object(node.get(operator), pointer, Set.of("left", "right"));
            operands.push(part(body, "right", Json.at(pointer, operator), depth));
            node = body.path("left");
        }
        operands.push(read(node, Json.at(pointer, operator) + "/left", depth + 1));
        return List.copyOf(operands);
    }

    /** One name, or the names of a path, which stand for a chain. */
    private static Expr has(JsonNode body, String pointer, int depth) {
        Json.object(body, pointer, Set.of("left", "attr"));
        Expr target = part(body, "left", pointer, depth);
        JsonNode attr = body.path("attr");
        if (!attr.isArray()) {
            return new Expr.Has(target, Json.text(attr, pointer + "/attr"), NOWHERE);
        }
        if (attr.isEmpty() || attr.size() > Limits.DEPTH_MAX) {
            throw new CedarJsonException("a path has 1 to " + Limits.DEPTH_MAX + " names", pointer + "/attr");
        }
        List<Expr> chain = new ArrayList<>();
        for (int i = 0; i < attr.size(); i++) {
            String name = Json.text(attr.get(i), pointer + "/attr/" + i);
            chain.add(new Expr.Has(target, name, NOWHERE));
            target = new Expr.Attribute(target, name, NOWHERE);
        }
        return chain.size() == 1 ? chain.getFirst() : new Expr.And(chain, NOWHERE);
    }

    private static Expr like(JsonNode body, String pointer, int depth) {
        Json.object(body, pointer, Set.of("left", "pattern"));
        JsonNode pattern = Json.array(body.path("pattern"), pointer + "/pattern");
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < pattern.size(); i++) {
            String at = pointer + "/pattern/" + i;
            JsonNode element = pattern.get(i);
            if (element.isTextual() && element.textValue().equals("Wildcard")) {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                piece.append(
                        Json.text(Json.object(element, at, Set.of("Literal")).path("Literal"), at));
            }
        }
        pieces.add(piece.toString());
        return new Expr.Like(part(body, "left", pointer, depth), new Pattern(pieces), NOWHERE);
    }

    private static Expr is(JsonNode body, String pointer, int depth) {
        Json.object(body, pointer, Set.of("left", "entity_type", "in"));
        Expr in = body.has("in") ? part(body, "in", pointer, depth) : null;
        return new Expr.Is(
                part(body, "left", pointer, depth),
                type(body.path("entity_type"), pointer + "/entity_type"),
                in,
                NOWHERE);
    }

    static String type(JsonNode node, String pointer) {
        String type = Json.text(node, pointer);
        if (!Identifiers.isPath(type) || !EntityUid.isTypeName(type)) {
            throw new CedarJsonException("not a type's name: " + type, pointer);
        }
        return type;
    }

    private static List<Expr> list(JsonNode body, String pointer, int depth) {
        Json.array(body, pointer);
        List<Expr> elements = new ArrayList<>(body.size());
        for (int i = 0; i < body.size(); i++) {
            elements.add(read(body.get(i), pointer + '/' + i, depth + 1));
        }
        return elements;
    }

    private static Expr record(JsonNode body, String pointer, int depth) {
        List<Expr.Field> fields = new ArrayList<>();
        Json.object(body, pointer)
                .properties()
                .forEach(field ->
                        fields.add(new Expr.Field(field.getKey(), part(body, field.getKey(), pointer, depth))));
        return new Expr.RecordOf(fields, NOWHERE);
    }

    private static Expr named(String name, JsonNode body, String pointer, int depth) {
        Optional<Operator> operator = Operator.of(name);
        if (operator.isPresent()) {
            Json.object(body, pointer, Set.of("left", "right"));
            Expr left = part(body, "left", pointer, depth);
            return new Expr.Binary(operator.get(), left, part(body, "right", pointer, depth), NOWHERE);
        }
        Function<ExtensionFunction, Expr> call =
                function -> LiteralReader.call(function, list(body, pointer, depth), pointer);
        return ExtensionFunction.of(name)
                .map(call)
                .orElseThrow(() -> new CedarJsonException("there is no expression " + name, pointer));
    }
}
