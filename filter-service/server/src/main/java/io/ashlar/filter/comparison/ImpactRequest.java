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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of an impact.
 *
 * @param subjects at least one, each once
 * @param draft of policies, whose plans are compared with those of now; null: every subject brings a plan
 * @param sample keys shown of each difference, at most {@link #SAMPLE_MAX}
 */
record ImpactRequest(List<Change> subjects, @Nullable String draft, int sample) {

    static final int SAMPLE_MAX = 100;
    private static final int SAMPLE_DEFAULT = 10;
    private static final int SUBJECT_LENGTH_MAX = 256;
    private static final List<String> KEYS = List.of("subjects", "draft", "sample");
    private static final List<String> CHANGE_KEYS = List.of("subject", "before", "after");

    private static final List<String> DRAFT_KEYS = List.of("subject");

    /** As authz names drafts; what does not match is in no path. */
    private static final Pattern DRAFT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * One subject and the plans that are compared.
     *
     * @param before null: the one that the policies make now
     * @param after null: the one that the policies would make with the draft
     */
    record Change(
            String subject, @Nullable Plan before, @Nullable Plan after) {}

    /** Reads it strictly, all faults at once. */
    static ImpactRequest read(byte[] body, int maxSubjects) {
        Envelope envelope = new Envelope(body, KEYS);
        JsonNode subjects = envelope.member("subjects");
        String draft = draft(envelope);
        List<Change> changes = new ArrayList<>();
        if (!subjects.isArray() || subjects.isEmpty() || subjects.size() > maxSubjects) {
            envelope.fault(
                    FaultCode.WRONG_TYPE, "/subjects", "An array of 1 to " + maxSubjects + " subjects is expected.");
        } else {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < subjects.size(); i++) {
                Change change = change(envelope, subjects.get(i), draft != null, "/subjects/" + i);
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
        return new ImpactRequest(changes, draft, sample);
    }

    private static @Nullable String draft(Envelope envelope) {
        JsonNode node = envelope.member("draft");
        if (node.isMissingNode()) {
            return null;
        }
        if (!node.isTextual() || !DRAFT.matcher(node.textValue()).matches()) {
            envelope.fault(FaultCode.WRONG_TYPE, "/draft", "The id of a draft of policies is expected.");
        }
        return node.asText();
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

    private static @Nullable Change change(Envelope envelope, JsonNode node, boolean ofDraft, String at) {
        if (!node.isObject()) {
            envelope.fault(FaultCode.WRONG_TYPE, at, "An object is expected.");
            return null;
        }
        // Both plans of a draft are authz's: none by hand may stand beside it.
        StrictBody.unknownKeys(node, at, ofDraft ? DRAFT_KEYS : CHANGE_KEYS).forEach(envelope::fault);
        String subject = node.path("subject").asText();
        if (!node.path("subject").isTextual() || subject.isBlank() || subject.length() > SUBJECT_LENGTH_MAX) {
            envelope.fault(
                    FaultCode.WRONG_TYPE,
                    at + "/subject",
                    "A subject of 1 to " + SUBJECT_LENGTH_MAX + " characters is expected.");
        }
        if (ofDraft) {
            return new Change(subject, null, null);
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
