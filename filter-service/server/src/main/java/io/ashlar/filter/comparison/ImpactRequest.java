package io.ashlar.filter.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanJson;
import io.ashlar.filter.body.Envelope;
import io.ashlar.filter.body.StrictBody;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FaultCode;
import io.ashlar.filter.dsl.Parsed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of an impact.
 *
 * @param subjects at least one, each once
 * @param sample keys shown of each difference, at most {@link #SAMPLE_MAX}
 */
record ImpactRequest(List<Change> subjects, int sample) {

    static final int SAMPLE_MAX = 100;
    private static final int SAMPLE_DEFAULT = 10;
    private static final int SUBJECT_LENGTH_MAX = 256;
    private static final List<String> KEYS = List.of("subjects", "sample");
    private static final List<String> CHANGE_KEYS = List.of("subject", "before", "after");

    /**
     * One subject and the plans that are compared.
     *
     * @param before null: the one that the policies make now
     */
    record Change(String subject, @Nullable Plan before, Plan after) {}

    /** Reads it strictly, all faults at once. */
    static ImpactRequest read(byte[] body, int maxSubjects) {
        Envelope envelope = new Envelope(body, KEYS);
        JsonNode subjects = envelope.member("subjects");
        List<Change> changes = new ArrayList<>();
        if (!subjects.isArray() || subjects.isEmpty() || subjects.size() > maxSubjects) {
            envelope.fault(
                    FaultCode.WRONG_TYPE, "/subjects", "An array of 1 to " + maxSubjects + " subjects is expected.");
        } else {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < subjects.size(); i++) {
                Change change = change(envelope, subjects.get(i), "/subjects/" + i);
                if (change != null && !seen.add(change.subject())) {
                    envelope.fault(
                            FaultCode.DUPLICATE_VALUE, "/subjects/" + i + "/subject", "The subject is named twice.");
                } else if (change != null) {
                    changes.add(change);
                }
            }
        }
        int sample = sample(envelope);
        envelope.done("The request does not name subjects and plans.");
        return new ImpactRequest(changes, sample);
    }

    private static int sample(Envelope envelope) {
        JsonNode node = envelope.member("sample");
        if (node.isMissingNode()) {
            return SAMPLE_DEFAULT;
        }
        if (!node.isInt() || node.intValue() < 0 || node.intValue() > SAMPLE_MAX) {
            envelope.fault(
                    FaultCode.OUT_OF_RANGE, "/sample", "A whole number from 0 to " + SAMPLE_MAX + " is expected.");
            return 0;
        }
        return node.intValue();
    }

    private static @Nullable Change change(Envelope envelope, JsonNode node, String at) {
        if (!node.isObject()) {
            envelope.fault(FaultCode.WRONG_TYPE, at, "An object is expected.");
            return null;
        }
        StrictBody.unknownKeys(node, at, CHANGE_KEYS).forEach(envelope::fault);
        String subject = node.path("subject").asText();
        if (!node.path("subject").isTextual() || subject.isBlank() || subject.length() > SUBJECT_LENGTH_MAX) {
            envelope.fault(
                    FaultCode.WRONG_TYPE,
                    at + "/subject",
                    "A subject of 1 to " + SUBJECT_LENGTH_MAX + " characters is expected.");
        }
        Plan before = node.has("before") ? plan(envelope, node.path("before"), at + "/before") : null;
        Plan after = plan(envelope, node.path("after"), at + "/after");
        return after == null ? null : new Change(subject, before, after);
    }

    private static @Nullable Plan plan(Envelope envelope, JsonNode node, String at) {
        return switch (PlanJson.read(node)) {
            case Parsed.Ok<Plan>(Plan plan) -> plan;
            case Parsed.Faulty<Plan>(List<Fault> faults) -> {
                faults.forEach(fault -> envelope.fault(fault.under(at)));
                yield null;
            }
        };
    }
}
