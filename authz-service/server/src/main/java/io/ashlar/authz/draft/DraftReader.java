package io.ashlar.authz.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.policy.DefaultPolicies;
import io.ashlar.authz.policyset.ChangeJson;
import io.ashlar.authz.policyset.Names;
import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.publication.Reasons;
import io.ashlar.authz.review.PolicyReview;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Reads a draft from a request. */
final class DraftReader {

    private static final List<String> MEMBERS =
            List.of("base_version", "rollback_to", "defaults", "reason", "policies", "schema", "tests", "shared");

    private DraftReader() {}

    /**
     * What a client wants a draft to be.
     *
     * @param baseVersion what it was written against; none: what is in force
     * @param rollbackTo the version that it shall make again, but for what the change says
     * @param choices of shared sets, which shall hold in which version, and which shall not
     */
    record Wanted(
            String id,
            OptionalLong baseVersion,
            OptionalLong rollbackTo,
            PolicyChange change,
            SortedMap<String, OptionalLong> choices,
            @Nullable String reason) {}

    /** The draft, or all that is wrong with it but the language of its policies, which validating tells. */
    static Wanted read(String id, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        Bodies bodies = new Bodies(faults);
        Names.check(id, "/id", "a draft", faults);
        boolean object = bodies.only(body, MEMBERS);
        JsonNode read = object && body != null ? body : JsonNodeFactory.instance.objectNode();
        PolicyChange change = ChangeJson.read(read, PolicyReview.POLICY_LENGTH_MAX, faults);
        change = DefaultPolicies.change(defaults(bodies, read, faults)).and(change);
        SortedMap<String, OptionalLong> choices = ChangeJson.choices(read, faults);
        OptionalLong baseVersion = version(read, "base_version", faults);
        OptionalLong rollbackTo = version(read, "rollback_to", faults);
        String reason = read.has("reason") ? bodies.text(read.path("reason"), "/reason", Reasons.LENGTH_MAX) : null;
        Bodies.refuse(faults);
        return new Wanted(id, baseVersion, rollbackTo, change, choices, reason);
    }

    /** Names of default policies, which the draft writes out. */
    private static List<String> defaults(Bodies bodies, JsonNode body, List<Fault> faults) {
        List<String> known = List.copyOf(DefaultPolicies.texts().keySet());
        List<String> wanted = bodies.texts(body.path("defaults"), "/defaults", known.size());
        for (int i = 0; i < wanted.size(); i++) {
            if (!known.contains(wanted.get(i))) {
                faults.add(
                        new Fault("value_invalid", "/defaults/" + i, "there is no such default policy", known, null));
            }
        }
        return wanted.stream().filter(known::contains).toList();
    }

    private static OptionalLong version(JsonNode body, String member, List<Fault> faults) {
        JsonNode number = body.path(member);
        if (number.isIntegralNumber() && number.canConvertToLong()) {
            return OptionalLong.of(number.longValue());
        }
        if (!number.isMissingNode()) {
            faults.add(new Fault("wrong_type", '/' + member, "expected a version's number"));
        }
        return OptionalLong.empty();
    }
}
