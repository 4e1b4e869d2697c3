package io.ashlar.authz.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What an audit event keeps of a question, so that it can be decided again: {@code subject}, {@code subject_properties},
 * {@code properties} and {@code context}, in the JSON they were asked in. Action and resource are the event's own members.
 */
public final class RecordedInputs {

    private RecordedInputs() {}

    /** Of a question in AuthZEN's form. */
    public static ObjectNode of(JsonNode question) {
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        JsonNode subject = question.path("subject");
        inputs.putObject("subject")
                .put("type", subject.path("type").asText())
                .put("id", subject.path("id").asText());
        put(inputs, "context", question.path("context"));
        put(inputs, "subject_properties", subject.path("properties"));
        put(inputs, "properties", question.path("resource").path("properties"));
        return inputs;
    }

    /** The question in AuthZEN's form again. */
    public static ObjectNode question(JsonNode inputs, String action, String resourceType, String resourceId) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        ObjectNode subject = question.putObject("subject");
        for (String name : new String[] {"type", "id"}) {
            if (inputs.path("subject").has(name)) {
                subject.set(name, inputs.path("subject").get(name));
            }
        }
        put(subject, "properties", inputs.path("subject_properties"));
        question.putObject("action").put("name", action);
        ObjectNode resource =
                question.putObject("resource").put("type", resourceType).put("id", resourceId);
        put(resource, "properties", inputs.path("properties"));
        put(question, "context", inputs.path("context"));
        return question;
    }

    private static void put(ObjectNode node, String name, JsonNode value) {
        if (!value.isMissingNode() && !(value.isObject() && value.isEmpty())) {
            node.set(name, value);
        }
    }
}
