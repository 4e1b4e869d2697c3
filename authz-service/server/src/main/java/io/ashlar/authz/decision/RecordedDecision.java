package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.client.RecordedInputs;
import io.ashlar.authz.database.Versions;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * An audit event that tells of a decision, as far as it is needed to decide again.
 *
 * @param tenant whose
 * @param allowed what was decided
 * @param reason which policies decided
 * @param versions that decided
 * @param many whether it was a plan, about all rows of a type, or a page of a search
 * @param question the question in AuthZEN's form
 */
record RecordedDecision(
        UUID tenant, boolean allowed, String reason, Versions versions, boolean many, ObjectNode question) {

    private static final List<String> OF_PLANS = List.of("plan", "policy_not_translatable");
    private static final String ALL_ROWS = "*";
    private static final String SEARCH = "search";
    private static final int REASON_LENGTH_MAX = 64 << 10;
    private static final int TENANT_LENGTH = 36;

    /** Reads the event as it is in the topic; what is not needed is not looked at. */
    static RecordedDecision of(byte[] body) {
        JsonNode event = QuestionBody.read(body);
        List<Fault> faults = new ArrayList<>();
        Bodies bodies = new Bodies(faults);
        UUID tenant = tenant(bodies.text(event.path("tenant"), "/tenant", TENANT_LENGTH), faults);
        String action = bodies.text(event.path("action"), "/action", EntityUid.ID_LENGTH_MAX);
        EntityUid resource = bodies.uid(event.path("resource"), "/resource");
        String decision = bodies.text(event.path("decision"), "/decision", 5);
        if (!decision.isEmpty() && !decision.equals("allow") && !decision.equals("deny")) {
            faults.add(new Fault("value_invalid", "/decision", "no decision", List.of("allow", "deny"), null));
        }
        JsonNode reason = event.path("reason");
        if (!reason.isTextual() || reason.textValue().length() > REASON_LENGTH_MAX) {
            faults.add(new Fault("wrong_type", "/reason", "expected a string"));
        }
        Versions versions = new Versions(
                version(event.path("revision"), "/revision", faults),
                version(event.path("policy_version"), "/policy_version", faults));
        JsonNode inputs = event.path("inputs");
        if (!inputs.isObject()) {
            faults.add(
                    new Fault(inputs.isMissingNode() ? "missing_key" : "wrong_type", "/inputs", "expected an object"));
        }
        Bodies.refuse(faults);
        if (resource == null) {
            throw new IllegalStateException("neither a resource nor a fault");
        }
        return new RecordedDecision(
                tenant,
                decision.equals("allow"),
                reason.textValue(),
                versions,
                (resource.id().equals(ALL_ROWS) && OF_PLANS.contains(reason.textValue()))
                        || (inputs.has(SEARCH) && reason.textValue().equals(SEARCH)),
                question(inputs, action, resource));
    }

    /** What was said of the action is where the policies found it, and must be where it is said. */
    private static ObjectNode question(JsonNode inputs, String action, EntityUid resource) {
        ObjectNode question = RecordedInputs.question(inputs.deepCopy(), action, resource.type(), resource.id());
        if (question.path("context") instanceof ObjectNode context && context.has(QuestionReader.ACTION_PROPERTIES)) {
            question.withObject("/action").set("properties", context.remove(QuestionReader.ACTION_PROPERTIES));
        }
        return question;
    }

    private static UUID tenant(String text, List<Fault> faults) {
        try {
            return text.isEmpty() ? new UUID(0, 0) : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            faults.add(new Fault("value_invalid", "/tenant", "not a UUID"));
            return new UUID(0, 0);
        }
    }

    private static long version(JsonNode node, String pointer, List<Fault> faults) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            faults.add(new Fault(
                    node.isMissingNode() ? "missing_key" : "wrong_type", pointer, "expected a number, 0 or greater"));
            return 0;
        }
        return node.longValue();
    }
}
