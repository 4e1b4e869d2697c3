package io.ashlar.authz.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.call.WireJson;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Parsed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AuthZEN evaluations on the wire: {@code POST /access/v1/evaluation}. The answer's {@code decision} is read strictly: only a
 * JSON {@code true} allows. Thread-safe.
 */
public final class EvaluationJson {

    private static final int DEPTH_MAX = 16;
    private static final int AMR_VALUES_MAX = 16;

    private EvaluationJson() {}

    public static ObjectNode write(Evaluation evaluation) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("subject", entity(evaluation.subject()));
        node.putObject("action").put("name", evaluation.action());
        node.set("resource", entity(evaluation.resource()));
        node.set("context", values(evaluation.context()));
        return node;
    }

    /** Reads a request; keys that AuthZEN does not know are faults, so that a misspelled fact is never silently ignored. */
    public static Parsed<Evaluation> readRequest(JsonNode node) {
        List<Fault> faults = new ArrayList<>();
        onlyKeys(node, "", List.of("subject", "action", "resource", "context"), faults);
        EntityRef subject = entity(node.path("subject"), "/subject", faults);
        String action = text(node.path("action").path("name"), "/action/name", faults);
        EntityRef resource = entity(node.path("resource"), "/resource", faults);
        Map<String, Object> context = map(node.path("context"), "/context", faults);
        return faults.isEmpty() ? Parsed.ok(new Evaluation(subject, action, resource, context)) : Parsed.faulty(faults);
    }

    public static ObjectNode write(Decision decision) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("decision", decision.allowed());
        ObjectNode context = node.putObject("context")
                .put("policy_version", decision.policyVersion())
                .put("revision", decision.revision());
        ArrayNode reasons = context.putArray("reason");
        decision.reasons().forEach(reasons::add);
        ArrayNode errors = context.putArray("errors");
        decision.errors().forEach(errors::add);
        if (!decision.amrValues().isEmpty()) {
            // The spelling of the standard's own example.
            context.put("amr_values", String.join(" ", decision.amrValues()));
        }
        return node;
    }

    /** An answer without versions is still a decision, but cannot be cached: both are −1. */
    public static Decision readDecision(JsonNode node) {
        JsonNode context = node.path("context");
        return new Decision(
                node.path("decision").isBoolean() && node.path("decision").booleanValue()
                        ? Decision.Outcome.ALLOW
                        : Decision.Outcome.DENY,
                context.path("policy_version").asLong(-1),
                context.path("revision").asLong(-1),
                texts(context.path("reason")),
                texts(context.path("errors")),
                Arrays.stream(context.path("amr_values").asText().split(" ", AMR_VALUES_MAX))
                        .filter(method -> !method.isEmpty())
                        .toList());
    }

    /** The context or properties of a question as JSON. */
    public static ObjectNode values(Map<String, Object> values) {
        return WireJson.mapper().valueToTree(values);
    }

    /** An entity of a request; faults are added, and a placeholder is returned that must not be used then. */
    public static EntityRef entity(JsonNode node, String at, List<Fault> faults) {
        onlyKeys(node, at, List.of("type", "id", "properties"), faults);
        int before = faults.size();
        String type = text(node.path("type"), at + "/type", faults);
        String id = text(node.path("id"), at + "/id", faults);
        Map<String, Object> properties = map(node.path("properties"), at + "/properties", faults);
        return faults.size() == before ? new EntityRef(type, id, properties) : new EntityRef("?", "?");
    }

    /** A string of 1 to 1,024 characters. */
    public static String text(JsonNode node, String at, List<Fault> faults) {
        if (!node.isTextual() || node.textValue().isEmpty() || node.textValue().length() > 1024) {
            faults.add(new Fault(
                    node.isMissingNode() ? "missing" : "wrong_type", at, "expected a string of 1 to 1024 characters"));
            return "?";
        }
        return node.textValue();
    }

    /** An object of JSON values; absent is empty. */
    public static Map<String, Object> map(JsonNode node, String at, List<Fault> faults) {
        if (node.isMissingNode()) {
            return Map.of();
        }
        if (!node.isObject()) {
            faults.add(new Fault("wrong_type", at, "expected an object"));
            return Map.of();
        }
        return object(node, at, 1, faults);
    }

    /** Faults for every key that is not known. */
    public static void onlyKeys(JsonNode node, String at, List<String> known, List<Fault> faults) {
        if (!node.isObject()) {
            faults.add(new Fault(node.isMissingNode() ? "missing" : "wrong_type", at, "expected an object"));
            return;
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                faults.add(new Fault("unknown_field", at + "/" + escape(name), "no such field", known, null));
            }
        });
    }

    private static Map<String, Object> object(JsonNode node, String at, int depth, List<Fault> faults) {
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            String here = at + "/" + escape(entry.getKey());
            Object value = value(entry.getValue(), here, depth, faults);
            values.put(entry.getKey(), value);
        });
        return values;
    }

    private static Object value(JsonNode node, String at, int depth, List<Fault> faults) {
        if (depth > DEPTH_MAX) {
            faults.add(new Fault("too_deep", at, "deeper than " + DEPTH_MAX));
            return "?";
        }
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : node.decimalValue();
            case OBJECT -> object(node, at, depth + 1, faults);
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (int i = 0; i < node.size(); i++) {
                    items.add(value(node.get(i), at + "/" + i, depth + 1, faults));
                }
                yield items;
            }
            case NULL, MISSING, BINARY, POJO -> {
                faults.add(new Fault("wrong_type", at, "null is not a value of a policy; leave the field out"));
                yield "?";
            }
        };
    }

    private static ObjectNode entity(EntityRef entity) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("type", entity.type()).put("id", entity.id());
        if (!entity.properties().isEmpty()) {
            node.set("properties", values(entity.properties()));
        }
        return node;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
