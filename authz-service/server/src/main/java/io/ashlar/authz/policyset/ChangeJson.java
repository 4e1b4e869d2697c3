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
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Changes as JSON: {@code {"policies":{"<id>":"<text>"|null},"schema":…|null,"tests":"<yaml>"|null,"shared":{"<set>":<version>|null}}};
 * {@code null} takes away, what is not named stays. Of a shared set the JSON has the version, not the texts.
 */
public final class ChangeJson {

    /** Its members. */
    public static final List<String> MEMBERS = List.of("policies", "schema", "tests");

    private static final String SHARED = "shared";

    private static final int POLICIES_MAX = 1_000;

    private static final int SETS_MAX = 100;

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
        if (!change.shared().isEmpty()) {
            ObjectNode shared = node.putObject(SHARED);
            change.shared()
                    .forEach((set, held) ->
                            shared.put(set, held.map(HeldSet::version).orElse(null)));
        }
        return node;
    }

    /** Which shared sets shall hold in which version, and which shall not; what is wrong is added to {@code faults}. */
    public static SortedMap<String, OptionalLong> choices(JsonNode node, List<Fault> faults) {
        SortedMap<String, OptionalLong> choices = new TreeMap<>();
        JsonNode named = node.path(SHARED);
        if (!named.isMissingNode() && (!named.isObject() || named.size() > SETS_MAX)) {
            faults.add(new Fault("wrong_type", '/' + SHARED, "expected an object of at most " + SETS_MAX + " sets"));
            return choices;
        }
        for (Map.Entry<String, JsonNode> choice : named.properties()) {
            JsonNode version = choice.getValue();
            if (version.isNull()) {
                choices.put(choice.getKey(), OptionalLong.empty());
            } else if (version.isIntegralNumber() && version.canConvertToLong()) {
                choices.put(choice.getKey(), OptionalLong.of(version.longValue()));
            } else {
                faults.add(new Fault(
                        "wrong_type",
                        '/' + SHARED + '/' + Bodies.escape(choice.getKey()),
                        "expected the set's version, or null to go without"));
            }
        }
        return choices;
    }

    /** Reads what was stored, shared sets aside: what was valid when it was written. */
    public static PolicyChange stored(JsonNode node, List<Fault> faults) {
        return read(node, Integer.MAX_VALUE, Integer.MAX_VALUE, faults);
    }

    /** Reads what a client sent, shared sets aside; what is wrong is added to {@code faults}. */
    public static PolicyChange read(JsonNode node, int textLengthMax, List<Fault> faults) {
        return read(node, POLICIES_MAX, textLengthMax, faults);
    }

    private static PolicyChange read(JsonNode node, int policiesMax, int textLengthMax, List<Fault> faults) {
        Bodies bodies = new Bodies(faults);
        SortedMap<String, Optional<String>> policies = new TreeMap<>();
        JsonNode named = node.path("policies");
        if (!named.isMissingNode() && (!named.isObject() || named.size() > policiesMax)) {
            faults.add(
                    new Fault("wrong_type", "/policies", "expected an object of at most " + policiesMax + " policies"));
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
