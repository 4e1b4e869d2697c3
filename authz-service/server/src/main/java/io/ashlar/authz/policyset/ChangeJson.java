package io.ashlar.authz.policyset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.body.Bodies;
import io.ashlar.filter.dsl.Fault;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Changes as JSON: {@code {"policies":{"<id>":"<text>"|null},"schema":…|null,"tests":"<yaml>"|null}}; {@code null} takes away, what is
 * not named stays.
 */
public final class ChangeJson {

    /** Its members. */
    public static final List<String> MEMBERS = List.of("policies", "schema", "tests");

    private static final int POLICIES_MAX = 1_000;

    /** As long as the database takes. */
    private static final int DOCUMENT_LENGTH_MAX = 128 << 10;

    private ChangeJson() {}

    /** The members of an object as they are stored and shown. */
    public static ObjectNode write(PolicyChange change) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode policies = node.putObject("policies");
        change.policies().forEach((id, text) -> policies.put(id, text.orElse(null)));
        for (Document document : Document.values()) {
            Optional<String> text = change.documents().get(document);
            if (text != null) {
                node.put(document.label(), text.orElse(null));
            }
        }
        return node;
    }

    /** Reads what was written or what a client sent; what is wrong is added to {@code faults}. */
    public static PolicyChange read(JsonNode node, int textLengthMax, List<Fault> faults) {
        Bodies bodies = new Bodies(faults);
        SortedMap<String, Optional<String>> policies = new TreeMap<>();
        JsonNode named = node.path("policies");
        if (!named.isMissingNode() && (!named.isObject() || named.size() > POLICIES_MAX)) {
            faults.add(new Fault(
                    "wrong_type", "/policies", "expected an object of at most " + POLICIES_MAX + " policies"));
        } else {
            for (Map.Entry<String, JsonNode> policy : named.properties()) {
                String pointer = "/policies/" + Bodies.escape(policy.getKey());
                Names.check(policy.getKey(), pointer, "a policy", faults);
                policies.put(policy.getKey(), text(bodies, policy.getValue(), pointer, textLengthMax, faults));
            }
        }
        Map<Document, Optional<String>> documents = new EnumMap<>(Document.class);
        for (Document document : Document.values()) {
            JsonNode value = node.path(document.label());
            String pointer = '/' + document.label();
            if (document == Document.SCHEMA && value.isObject()) {
                value = JsonNodeFactory.instance.textNode(value.toString());
            }
            if (!value.isMissingNode()) {
                documents.put(document, text(bodies, value, pointer, DOCUMENT_LENGTH_MAX, faults));
            }
        }
        return new PolicyChange(policies, documents);
    }

    private static Optional<String> text(Bodies bodies, JsonNode value, String pointer, int max, List<Fault> faults) {
        if (value.isNull()) {
            return Optional.empty();
        }
        String text = bodies.text(value, pointer, max);
        if (text.indexOf('\0') >= 0) {
            faults.add(new Fault("value_invalid", pointer, "a text has no character U+0000"));
        }
        return Optional.of(text);
    }
}
