package io.ashlar.authz.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.client.EvaluationJson;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.FilterJson;
import io.ashlar.filter.dsl.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plans on the wire: {@code POST /api/v1/plan}. Thread-safe. */
public final class PlanJson {

    private static final List<String> DECISIONS = List.of("ALL", "NONE", "FILTER");
    private static final int MASKED_MAX = PlanRequest.FIELDS_MAX;
    private static final FilterJson FILTERS = new FilterJson();

    private PlanJson() {}

    public static ObjectNode write(Plan plan) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (plan) {
            case Plan.All all -> node.put("decision", "ALL");
            case Plan.None none -> node.put("decision", "NONE");
            case Plan.Matching matching ->
                node.put("decision", "FILTER").set("filter", FILTERS.write(matching.filter()));
        }
        ArrayNode masked = node.putArray("masked");
        plan.masked().forEach(masked::add);
        return node.put("policy_version", plan.policyVersion()).put("revision", plan.revision());
    }

    /** Strict where a mistake would widen access, tolerant of fields that a newer server adds. */
    public static Parsed<Plan> read(JsonNode node) {
        List<Fault> faults = new ArrayList<>();
        long policyVersion = number(node, "policy_version", faults);
        long revision = number(node, "revision", faults);
        List<String> masked = masked(node, faults);
        String decision = node.path("decision").asText();
        if (!DECISIONS.contains(decision)) {
            faults.add(new Fault("unknown_decision", "/decision", "no such decision", DECISIONS, null));
        }
        if (!faults.isEmpty()) {
            return Parsed.faulty(faults);
        }
        if (decision.equals("ALL")) {
            return Parsed.ok(new Plan.All(masked, policyVersion, revision));
        }
        if (decision.equals("NONE")) {
            return Parsed.ok(new Plan.None(masked, policyVersion, revision));
        }
        if (!node.path("filter").isObject()) {
            return Parsed.faulty(new Fault("missing_filter", "/filter", "FILTER needs a filter"));
        }
        Parsed<Filter> filter = FILTERS.read(node.path("filter"));
        return filter.then(read -> Parsed.ok(new Plan.Matching(read, masked, policyVersion, revision)));
    }

    public static ObjectNode write(PlanRequest request) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject("subject")
                .put("type", request.subject().type())
                .put("id", request.subject().id());
        node.putObject("action").put("name", request.action());
        node.putObject("resource").put("type", request.resourceType());
        ArrayNode fields = node.putArray("fields");
        request.fields().forEach(field -> write(fields.addObject(), field));
        node.set("context", EvaluationJson.values(request.context()));
        return node;
    }

    /** Writes one field into {@code node}, as {@link #field} reads it. */
    public static void write(ObjectNode node, PlanField field) {
        node.put("path", field.path()).put("sensitivity", field.sensitivity());
        if (field.type() != null) {
            node.put("type", field.type().wire());
        }
        if (field.entity() != null) {
            node.put("entity", field.entity());
        }
        if (field.role() != null) {
            node.put("role", field.role().wire());
        }
    }

    /** Reads a request strictly, naming all faults. */
    public static Parsed<PlanRequest> readRequest(JsonNode node) {
        List<Fault> faults = new ArrayList<>();
        EvaluationJson.onlyKeys(node, "", List.of("subject", "action", "resource", "fields", "context"), faults);
        EntityRef subject = EvaluationJson.entity(node.path("subject"), "/subject", faults);
        String action = EvaluationJson.text(node.path("action").path("name"), "/action/name", faults);
        String type = EvaluationJson.text(node.path("resource").path("type"), "/resource/type", faults);
        List<PlanField> fields = fields(node.path("fields"), faults);
        Map<String, Object> context = EvaluationJson.map(node.path("context"), "/context", faults);
        return faults.isEmpty()
                ? Parsed.ok(new PlanRequest(subject, action, type, fields, context))
                : Parsed.faulty(faults);
    }

    private static List<PlanField> fields(JsonNode node, List<Fault> faults) {
        List<PlanField> fields = new ArrayList<>();
        if (node.isMissingNode()) {
            return fields;
        }
        if (!node.isArray() || node.size() > PlanRequest.FIELDS_MAX) {
            faults.add(new Fault("wrong_type", "/fields", "expected an array of at most " + PlanRequest.FIELDS_MAX));
            return fields;
        }
        for (int i = 0; i < node.size(); i++) {
            String at = "/fields/" + i;
            EvaluationJson.onlyKeys(node.get(i), at, List.of("path", "sensitivity", "type", "entity", "role"), faults);
            fields.add(field(node.get(i), at, faults));
        }
        return fields;
    }

    /** Reads one field, and adds what is wrong to {@code faults}; what it returns is then of no use. */
    public static PlanField field(JsonNode node, String at, List<Fault> faults) {
        String path = EvaluationJson.text(node.path("path"), at + "/path", faults);
        JsonNode label = node.path("sensitivity");
        String sensitivity =
                label.isMissingNode() ? PlanField.PUBLIC : EvaluationJson.text(label, at + "/sensitivity", faults);
        FieldType type = word(node.path("type"), at + "/type", FieldType::ofWire, faults);
        PlanField.Role role = word(node.path("role"), at + "/role", PlanField.Role::ofWire, faults);
        JsonNode entity = node.path("entity");
        try {
            return new PlanField(
                    path,
                    sensitivity,
                    type,
                    entity.isMissingNode() ? null : EvaluationJson.text(entity, at + "/entity", faults),
                    role);
        } catch (IllegalArgumentException e) {
            faults.add(new Fault("value_invalid", at, String.valueOf(e.getMessage())));
            return new PlanField(path, sensitivity);
        }
    }

    private static <T> @Nullable T word(
            JsonNode node, String at, Function<String, @Nullable T> reading, List<Fault> faults) {
        if (node.isMissingNode()) {
            return null;
        }
        T read = node.isTextual() ? reading.apply(node.textValue()) : null;
        if (read == null) {
            faults.add(new Fault("value_invalid", at, "there is no such word"));
        }
        return read;
    }

    private static long number(JsonNode node, String name, List<Fault> faults) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            faults.add(new Fault("wrong_type", "/" + name, "expected a whole number"));
            return 0;
        }
        return value.longValue();
    }

    private static List<String> masked(JsonNode node, List<Fault> faults) {
        List<String> masked = new ArrayList<>();
        JsonNode array = node.path("masked");
        if (!array.isArray() || array.size() > MASKED_MAX) {
            faults.add(new Fault("wrong_type", "/masked", "expected an array of paths"));
            return masked;
        }
        for (int i = 0; i < array.size(); i++) {
            masked.add(EvaluationJson.text(array.get(i), "/masked/" + i, faults));
        }
        return masked;
    }
}
