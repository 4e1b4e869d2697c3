package io.ashlar.authz.decision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.body.Facts;
import io.ashlar.authz.plan.PlanField;
import io.ashlar.authz.plan.PlanRequest;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads questions: types strictly. In evaluations members that are not known are ignored, as AuthZEN asks; in plans they are
 * faults.
 */
final class QuestionReader {

    static final int BODY_BYTES_MAX = 256 << 10;

    private static final int ACTION_LENGTH_MAX = 128;

    /** Principals that are roles or groups would have what only their members have. */
    private static final List<String> NO_SUBJECTS = List.of("Group", "Role");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(64 << 10)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final List<Fault> faults = new ArrayList<>();
    private final Bodies bodies = new Bodies(faults);
    private final Facts facts = new Facts(faults);

    private QuestionReader() {}

    static Question evaluation(byte[] body) {
        return new QuestionReader().question(parse(body));
    }

    static PlanQuestion plan(byte[] body) {
        return new QuestionReader().planQuestion(parse(body));
    }

    private static JsonNode parse(byte[] body) {
        if (body.length > BODY_BYTES_MAX) {
            throw new ProblemException(
                    DoorError.BODY_TOO_LARGE, "the body is larger than " + BODY_BYTES_MAX + " bytes");
        }
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    DoorError.MALFORMED_JSON,
                    "the body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new ProblemException(DoorError.MALFORMED_JSON, "the body is not JSON");
        }
        if (node == null || !node.isObject()) {
            throw new ProblemException(
                    DoorError.INVALID_REQUEST,
                    "the body is not an object",
                    List.of(new Fault("wrong_type", "", "expected an object")));
        }
        return node;
    }

    private Question question(JsonNode body) {
        EntityUid subject = subject(body.path("subject"));
        EntityUid action = action(body.path("action"));
        EntityUid resource = bodies.uid(body.path("resource"), "/resource");
        Map<String, CedarValue> subjectProperties =
                facts.fields(body.path("subject").path("properties"), "/subject/properties");
        Map<String, CedarValue> properties =
                facts.fields(body.path("resource").path("properties"), "/resource/properties");
        Map<String, CedarValue> context = facts.fields(body.path("context"), "/context");
        Bodies.refuse(faults);
        if (subject == null || action == null || resource == null) {
            throw new IllegalStateException("neither a question nor a fault");
        }
        ObjectNode inputs = inputs(subject, body);
        put(inputs, "subject_properties", body.path("subject").path("properties"));
        put(inputs, "properties", body.path("resource").path("properties"));
        return new Question(subject, subjectProperties, action, resource, properties, context, inputs);
    }

    private PlanQuestion planQuestion(JsonNode body) {
        bodies.only(body, List.of("subject", "action", "resource", "fields", "context"));
        EntityUid subject = subject(body.path("subject"));
        EntityUid action = action(body.path("action"));
        String type = bodies.text(body.path("resource").path("type"), "/resource/type", EntityUid.ID_LENGTH_MAX);
        if (!type.isEmpty() && !EntityUid.isTypeName(type)) {
            faults.add(new Fault("value_invalid", "/resource/type", "not a Cedar type name"));
        }
        List<PlanField> fields = fields(body.path("fields"));
        Map<String, CedarValue> context = facts.fields(body.path("context"), "/context");
        Bodies.refuse(faults);
        if (subject == null || action == null) {
            throw new IllegalStateException("neither a question nor a fault");
        }
        return new PlanQuestion(subject, action, type, fields, context, inputs(subject, body));
    }

    private @Nullable EntityUid subject(JsonNode node) {
        EntityUid subject = bodies.uid(node, "/subject");
        if (subject != null && NO_SUBJECTS.contains(subject.type())) {
            faults.add(new Fault("value_invalid", "/subject/type", "a group or a role does nothing itself"));
        }
        return subject;
    }

    private @Nullable EntityUid action(JsonNode node) {
        String name = bodies.text(node.path("name"), "/action/name", ACTION_LENGTH_MAX);
        return name.isEmpty() ? null : new EntityUid("Action", name);
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
            String pointer = "/fields/" + i;
            String path = bodies.text(node.get(i).path("path"), pointer + "/path", EntityUid.ID_LENGTH_MAX);
            JsonNode label = node.get(i).path("sensitivity");
            fields.add(new PlanField(
                    path,
                    label.isMissingNode()
                            ? PlanField.PUBLIC
                            : bodies.text(label, pointer + "/sensitivity", EntityUid.ID_LENGTH_MAX)));
        }
        return fields;
    }

    private static ObjectNode inputs(EntityUid subject, JsonNode body) {
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        inputs.putObject("subject").put("type", subject.type()).put("id", subject.id());
        put(inputs, "context", body.path("context"));
        return inputs;
    }

    private static void put(ObjectNode inputs, String name, JsonNode value) {
        if (value.isObject() && !value.isEmpty()) {
            inputs.set(name, value);
        }
    }
}
