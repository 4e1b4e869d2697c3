package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.body.Facts;
import io.ashlar.authz.plan.PlanField;
import io.ashlar.authz.plan.PlanJson;
import io.ashlar.authz.plan.PlanRequest;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads questions: types strictly. In evaluations members that are not known are ignored, as AuthZEN asks; in plans they are
 * faults. Cedar's actions have no attributes: an action's properties are the record {@value #ACTION_PROPERTIES} of the context.
 */
final class QuestionReader {

    static final String ACTION_PROPERTIES = "action_properties";

    private static final int ACTION_LENGTH_MAX = 128;

    /** Principals that are roles or groups would have what only their members have. */
    private static final List<String> NO_SUBJECTS = List.of("Group", "Role");

    private final List<Fault> faults;
    private final Bodies bodies;
    private final Facts facts;

    /** Adds what is wrong to {@code faults}. */
    QuestionReader(List<Fault> faults) {
        this.faults = faults;
        this.bodies = new Bodies(faults);
        this.facts = new Facts(faults);
    }

    /** The question, or all that is wrong with it as the request's end. */
    static Question evaluation(JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        Question question = new QuestionReader(faults).question(body);
        Bodies.refuse(faults);
        return known(question);
    }

    static PlanQuestion plan(byte[] body) {
        List<Fault> faults = new ArrayList<>();
        PlanQuestion question = new QuestionReader(faults).planQuestion(QuestionBody.read(body));
        Bodies.refuse(faults);
        return known(question);
    }

    /** What is there when there was no fault. */
    static <T> T known(@Nullable T question) {
        if (question == null) {
            throw new IllegalStateException("neither a question nor a fault");
        }
        return question;
    }

    /** Null only if there are faults. */
    @Nullable Question question(JsonNode body) {
        EntityUid subject = subject(body.path("subject"));
        EntityUid action = action(body.path("action"));
        EntityUid resource = resource(body.path("resource"));
        Map<String, CedarValue> subjectProperties = properties(body, "subject");
        Map<String, CedarValue> properties = properties(body, "resource");
        Map<String, CedarValue> context = context(body);
        if (subject == null || action == null || resource == null || !faults.isEmpty()) {
            return null;
        }
        ObjectNode inputs = inputs(subject, body);
        put(inputs, "subject_properties", body.path("subject").path("properties"));
        put(inputs, "properties", body.path("resource").path("properties"));
        return new Question(subject, subjectProperties, action, resource, properties, context, inputs);
    }

    private @Nullable PlanQuestion planQuestion(JsonNode body) {
        bodies.only(body, List.of("subject", "action", "resource", "fields", "context"));
        EntityUid subject = subject(body.path("subject"));
        EntityUid action = action(body.path("action"));
        String type = bodies.text(body.path("resource").path("type"), "/resource/type", EntityUid.ID_LENGTH_MAX);
        if (!type.isEmpty() && !EntityUid.isTypeName(type)) {
            faults.add(new Fault("value_invalid", "/resource/type", "not a Cedar type name"));
        }
        List<PlanField> fields = fields(body.path("fields"));
        Map<String, CedarValue> context = facts.fields(body.path("context"), "/context");
        if (subject == null || action == null || !faults.isEmpty()) {
            return null;
        }
        return new PlanQuestion(subject, action, type, fields, context, inputs(subject, body));
    }

    @Nullable EntityUid subject(JsonNode node) {
        EntityUid subject = bodies.uid(node, "/subject");
        if (subject != null && !mayAct(subject.type())) {
            faults.add(new Fault("value_invalid", "/subject/type", "a group or a role does nothing itself"));
        }
        return subject;
    }

    /** Whether entities of the type do anything themselves. */
    static boolean mayAct(String type) {
        return !NO_SUBJECTS.contains(type);
    }

    @Nullable EntityUid resource(JsonNode node) {
        return bodies.uid(node, "/resource");
    }

    @Nullable EntityUid action(JsonNode node) {
        String name = bodies.text(node.path("name"), "/action/name", ACTION_LENGTH_MAX);
        return name.isEmpty() ? null : new EntityUid("Action", name);
    }

    /** Whether a request can name an action so. */
    static boolean isActionName(String name) {
        return !name.isEmpty() && name.length() <= ACTION_LENGTH_MAX;
    }

    /** What the request says of the subject, the action or the resource. */
    Map<String, CedarValue> properties(JsonNode body, String of) {
        return facts.fields(body.path(of).path("properties"), '/' + of + "/properties");
    }

    /** The request's context, and in it what it says of the action. */
    Map<String, CedarValue> context(JsonNode body) {
        Map<String, CedarValue> context = new HashMap<>(facts.fields(body.path("context"), "/context"));
        Map<String, CedarValue> ofAction = properties(body, "action");
        if (context.containsKey(ACTION_PROPERTIES)) {
            faults.add(new Fault(
                    "value_invalid",
                    "/context/" + ACTION_PROPERTIES,
                    "is where a policy finds /action/properties; say it there"));
        }
        if (!ofAction.isEmpty()) {
            context.put(ACTION_PROPERTIES, new CedarValue.Fields(ofAction));
        }
        return context;
    }

    private List<PlanField> fields(JsonNode node) {
        List<PlanField> fields = new ArrayList<>();
        if (node.isMissingNode()) {
            return fields;
        }
        if (!node.isArray() || node.size() > PlanRequest.FIELDS_MAX) {
            faults.add(new Fault(
                    "wrong_type", "/fields", "expected an array of at most " + PlanRequest.FIELDS_MAX + " fields"));
            return fields;
        }
        for (int i = 0; i < node.size(); i++) {
            fields.add(PlanJson.field(node.get(i), "/fields/" + i, faults));
        }
        return fields;
    }

    /** The question as it is recorded: enough to decide again, the context as the policies saw it. */
    private static ObjectNode inputs(EntityUid subject, JsonNode body) {
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        inputs.putObject("subject").put("type", subject.type()).put("id", subject.id());
        put(inputs, "context", seen(body));
        return inputs;
    }

    private static JsonNode seen(JsonNode body) {
        JsonNode context = body.path("context");
        JsonNode ofAction = body.path("action").path("properties");
        if (!ofAction.isObject() || ofAction.isEmpty()) {
            return context;
        }
        ObjectNode both = context.isObject() ? context.deepCopy() : JsonNodeFactory.instance.objectNode();
        both.set(ACTION_PROPERTIES, ofAction);
        return both;
    }

    private static void put(ObjectNode inputs, String name, JsonNode value) {
        if (value.isObject() && !value.isEmpty()) {
            inputs.set(name, value);
        }
    }
}
