package io.ashlar.authz.planning;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.EntityUid;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads operands: constants, facts that are constant for the request, and attributes of the row. */
final class Terms {

    private final Subject subject;

    Terms(Subject subject) {
        this.subject = subject;
    }

    /** One operand. */
    sealed interface Term {}

    /** Known now. */
    record Constant(CedarValue value) implements Term {}

    /** Known per row. */
    record Attribute(String name) implements Term {}

    /** Fails whenever it is evaluated. */
    record Failing() implements Term {}

    Term term(JsonNode node, String place) throws NotTranslatableException {
        if (node.size() != 1) {
            throw new NotTranslatableException(place, "an expression of an unknown form");
        }
        String kind = node.fieldNames().next();
        JsonNode inner = node.path(kind);
        String at = place + '/' + kind;
        return switch (kind) {
            case "Value" -> new Constant(value(inner, at));
            case "Set" -> set(inner, at);
            case "Var" -> variable(inner.asText(), at);
            case "." -> attribute(inner, at);
            default -> throw new NotTranslatableException(at, "the operator " + kind + " cannot be translated yet");
        };
    }

    private Term set(JsonNode elements, String place) throws NotTranslatableException {
        Set<CedarValue> values = new HashSet<>();
        for (int i = 0; i < elements.size(); i++) {
            switch (term(elements.get(i), place + '/' + i)) {
                case Constant(CedarValue value) -> values.add(value);
                case Failing failing -> {
                    return failing;
                }
                case Attribute attribute ->
                    throw new NotTranslatableException(
                            place + '/' + i, "resource." + attribute.name() + " inside a set cannot be translated yet");
            }
        }
        return new Constant(new CedarValue.SetOf(values));
    }

    private Term variable(String name, String place) throws NotTranslatableException {
        return switch (name) {
            case "principal" -> new Constant(new CedarValue.Reference(subject.principal()));
            case "action" -> new Constant(new CedarValue.Reference(subject.action()));
            default -> throw new NotTranslatableException(place, name + " as a whole cannot be translated yet");
        };
    }

    private Term attribute(JsonNode access, String place) throws NotTranslatableException {
        String name = access.path("attr").asText();
        String variable = access.path("left").path("Var").asText();
        return switch (variable) {
            case "resource" -> new Attribute(name);
            case "principal" -> known(subject.attributes().get(name));
            case "context" -> known(subject.context().get(name));
            default -> throw new NotTranslatableException(place, "the path to " + name + " cannot be translated yet");
        };
    }

    private static Term known(@Nullable CedarValue value) {
        return value == null ? new Failing() : new Constant(value);
    }

    static CedarValue value(JsonNode json, String place) throws NotTranslatableException {
        if (json.isTextual()) {
            return new CedarValue.Text(json.asText());
        }
        if (json.isBoolean()) {
            return new CedarValue.Flag(json.asBoolean());
        }
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return new CedarValue.Whole(json.longValue());
        }
        if (json.has("__entity")) {
            return new CedarValue.Reference(uid(json.path("__entity")));
        }
        throw new NotTranslatableException(place, "a literal that cannot be translated yet");
    }

    /** {@code {"type","id"}}, as Cedar's JSON writes it. */
    static EntityUid uid(JsonNode json) {
        JsonNode entity = json.has("__entity") ? json.path("__entity") : json;
        return new EntityUid(entity.path("type").asText(), entity.path("id").asText());
    }
}
