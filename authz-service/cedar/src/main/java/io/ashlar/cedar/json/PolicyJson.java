package io.ashlar.cedar.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.cedar.Effect;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.ActionScope;
import io.ashlar.cedar.syntax.Annotation;
import io.ashlar.cedar.syntax.Condition;
import io.ashlar.cedar.syntax.EntityScope;
import io.ashlar.cedar.syntax.EntityScope.Target;
import io.ashlar.cedar.syntax.Policy;
import io.ashlar.cedar.syntax.Slot;
import io.ashlar.cedar.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Policies and templates in Cedar's JSON policy format. Stateless and thread-safe. */
public final class PolicyJson {

    private static final Set<String> FIELDS =
            Set.of("effect", "principal", "action", "resource", "conditions", "annotations");
    private static final Set<String> SCOPE_FIELDS = Set.of("op", "entity", "entities", "slot", "entity_type", "in");

    private PolicyJson() {}

    /**
     * A policy or template.
     *
     * @throws CedarJsonException if the text is none
     */
    public static Policy read(String text) {
        return read(Json.parse(text), "");
    }

    static Policy read(JsonNode node, String pointer) {
        Json.object(node, pointer, FIELDS);
        try {
            return new Policy(
                    annotations(node.path("annotations"), pointer + "/annotations"),
                    effect(node.path("effect"), pointer + "/effect"),
                    entityScope(node.path("principal"), pointer + "/principal"),
                    actionScope(node.path("action"), pointer + "/action"),
                    entityScope(node.path("resource"), pointer + "/resource"),
                    conditions(node.path("conditions"), pointer + "/conditions"),
                    Span.NOWHERE);
        } catch (IllegalArgumentException e) {
            throw new CedarJsonException(String.valueOf(e.getMessage()), pointer);
        }
    }

    private static Effect effect(JsonNode node, String pointer) {
        return switch (Json.text(node, pointer)) {
            case "permit" -> Effect.PERMIT;
            case "forbid" -> Effect.FORBID;
            default -> throw new CedarJsonException("this should be permit or forbid", pointer);
        };
    }

    private static List<Annotation> annotations(JsonNode node, String pointer) {
        List<Annotation> annotations = new ArrayList<>();
        if (!node.isMissingNode()) {
            Json.object(node, pointer).properties().forEach(field -> {
                Optional<String> value = field.getValue().isNull()
                        ? Optional.empty()
                        : Optional.of(Json.text(field.getValue(), Json.at(pointer, field.getKey())));
                annotations.add(new Annotation(field.getKey(), value));
            });
        }
        return annotations;
    }

    private static List<Condition> conditions(JsonNode node, String pointer) {
        Json.array(node, pointer);
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            String at = pointer + '/' + i;
            JsonNode clause = Json.object(node.get(i), at, Set.of("kind", "body"));
            Condition.Kind kind =
                    switch (Json.text(clause.path("kind"), at + "/kind")) {
                        case "when" -> Condition.Kind.WHEN;
                        case "unless" -> Condition.Kind.UNLESS;
                        default -> throw new CedarJsonException("this should be when or unless", at + "/kind");
                    };
            conditions.add(new Condition(kind, ExprReader.read(clause.path("body"), at + "/body", 1), Span.NOWHERE));
        }
        return conditions;
    }

    private static EntityScope entityScope(JsonNode node, String pointer) {
        Json.object(node, pointer, SCOPE_FIELDS);
        String op = Json.text(node.path("op"), pointer + "/op");
        return switch (op) {
            case "All" -> new EntityScope.Any();
            case "==" -> new EntityScope.Equal(target(node, pointer));
            case "in" -> new EntityScope.In(target(node, pointer));
            case "is" -> {
                String type = ExprReader.type(node.path("entity_type"), pointer + "/entity_type");
                yield node.has("in")
                        ? new EntityScope.IsIn(type, target(node.get("in"), pointer + "/in"))
                        : new EntityScope.Is(type);
            }
            default -> throw new CedarJsonException("this should be All, ==, in or is", pointer + "/op");
        };
    }

    private static Target target(JsonNode node, String pointer) {
        if (!node.has("slot")) {
            return new Target.Known(Json.entity(node.path("entity"), pointer + "/entity"));
        }
        String slot = Json.text(node.get("slot"), pointer + "/slot");
        return new Target.Open(
                Slot.of(slot).orElseThrow(() -> new CedarJsonException("there is no slot " + slot, pointer + "/slot")));
    }

    private static ActionScope actionScope(JsonNode node, String pointer) {
        Json.object(node, pointer, SCOPE_FIELDS);
        String op = Json.text(node.path("op"), pointer + "/op");
        return switch (op) {
            case "All" -> new ActionScope.Any();
            case "==" -> new ActionScope.Equal(Json.entity(node.path("entity"), pointer + "/entity"));
            case "in" ->
                node.has("entities")
                        ? new ActionScope.InAny(entities(node.get("entities"), pointer + "/entities"))
                        : new ActionScope.In(Json.entity(node.path("entity"), pointer + "/entity"));
            default -> throw new CedarJsonException("this should be All, == or in", pointer + "/op");
        };
    }

    private static List<EntityUid> entities(JsonNode node, String pointer) {
        Json.array(node, pointer);
        List<EntityUid> uids = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            uids.add(Json.entity(node.get(i), pointer + '/' + i));
        }
        return uids;
    }

    /** The policy as text, in one form for each tree. */
    public static String text(Policy policy) {
        return Json.text(write(policy));
    }

    /** The policy as a tree; one with long chains is deeper than a mapper takes by default, {@link #text} is not. */
    public static ObjectNode write(Policy policy) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("effect", policy.effect() == Effect.PERMIT ? "permit" : "forbid");
        object.set("principal", scope(policy.principal()));
        object.set("action", scope(policy.action()));
        object.set("resource", scope(policy.resource()));
        var conditions = object.putArray("conditions");
        for (Condition condition : policy.conditions()) {
            ObjectNode clause =
                    conditions.addObject().put("kind", condition.kind().text());
            clause.set("body", ExprJsonWriter.write(condition.body()));
        }
        if (!policy.annotations().isEmpty()) {
            ObjectNode annotations = object.putObject("annotations");
            policy.annotations()
                    .forEach(annotation -> annotations.put(
                            annotation.name(), annotation.value().orElse(null)));
        }
        return object;
    }

    private static ObjectNode scope(EntityScope scope) {
        return switch (scope) {
            case EntityScope.Any any -> op("All");
            case EntityScope.Equal(Target target) -> target(op("=="), target);
            case EntityScope.In(Target target) -> target(op("in"), target);
            case EntityScope.Is(String type) -> op("is").put("entity_type", type);
            case EntityScope.IsIn(String type, Target target) -> {
                ObjectNode is = op("is").put("entity_type", type);
                yield is.set("in", target(JsonNodeFactory.instance.objectNode(), target));
            }
        };
    }

    private static ObjectNode scope(ActionScope scope) {
        return switch (scope) {
            case ActionScope.Any any -> op("All");
            case ActionScope.Equal(EntityUid uid) -> op("==").set("entity", ValueJson.uid(uid));
            case ActionScope.In(EntityUid uid) -> op("in").set("entity", ValueJson.uid(uid));
            case ActionScope.InAny(List<EntityUid> uids) -> {
                ObjectNode in = op("in");
                var entities = in.putArray("entities");
                uids.forEach(uid -> entities.add(ValueJson.uid(uid)));
                yield in;
            }
        };
    }

    private static ObjectNode op(String op) {
        return JsonNodeFactory.instance.objectNode().put("op", op);
    }

    private static ObjectNode target(ObjectNode object, Target target) {
        return switch (target) {
            case Target.Known(EntityUid uid) -> object.set("entity", ValueJson.uid(uid));
            case Target.Open(Slot slot) -> object.put("slot", slot.text());
        };
    }
}
