package io.ashlar.authz.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.policyset.ChangeJson;
import io.ashlar.authz.policyset.Names;
import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.publication.Reasons;
import io.ashlar.authz.review.PolicyReview;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads a draft from a request. */
final class DraftReader {

    private static final List<String> MEMBERS = List.of("base_version", "reason", "policies", "schema", "tests");

    private DraftReader() {}

    /**
     * What a client wants a draft to be.
     *
     * @param baseVersion what it was written against; none: what is in force
     */
    record Wanted(
            String id,
            OptionalLong baseVersion,
            PolicyChange change,
            @Nullable String reason) {}

    /** The draft, or all that is wrong with it but the language of its policies, which validating tells. */
    static Wanted read(String id, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        Bodies bodies = new Bodies(faults);
        Names.check(id, "/id", "a draft", faults);
        boolean object = bodies.only(body, MEMBERS);
        JsonNode read = object && body != null ? body : JsonNodeFactory.instance.objectNode();
        PolicyChange change = ChangeJson.read(read, PolicyReview.POLICY_LENGTH_MAX, faults);
        JsonNode base = read.path("base_version");
        OptionalLong baseVersion = OptionalLong.empty();
        if (base.isIntegralNumber() && base.canConvertToLong()) {
            baseVersion = OptionalLong.of(base.longValue());
        } else if (!base.isMissingNode()) {
            faults.add(new Fault("wrong_type", "/base_version", "expected a version's number"));
        }
        String reason = read.has("reason") ? bodies.text(read.path("reason"), "/reason", Reasons.LENGTH_MAX) : null;
        Bodies.refuse(faults);
        return new Wanted(id, baseVersion, change, reason);
    }
}
