package io.ashlar.authz.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.policyset.Names;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.review.PolicyReview;
import io.ashlar.cedar.PolicySource;
import io.ashlar.filter.dsl.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a policy from a request. */
@ApplicationScoped
class PolicyCheck {

    private final PolicyReview review;

    PolicyCheck(PolicyReview review) {
        this.review = review;
    }

    /** The policy, or all that is wrong with it by itself. */
    PolicySource read(String id, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        Names.check(id, "/id", "a policy", faults);
        Bodies bodies = new Bodies(faults);
        String text = "";
        if (bodies.only(body, List.of("cedar")) && body != null) {
            text = bodies.text(body.path("cedar"), "/cedar", PolicyReview.POLICY_LENGTH_MAX);
        }
        if (text.indexOf('\0') >= 0) {
            faults.add(new Fault("value_invalid", "/cedar", "a text has no character U+0000"));
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(DoorError.INVALID_REQUEST, "the policy is not valid", faults);
        }
        PolicySource policy = new PolicySource(id, text);
        List<Fault> found = review.syntax(policy).stream()
                .map(fault -> new Fault(fault.code(), "/cedar", fault.detail()))
                .toList();
        if (!found.isEmpty()) {
            throw new ProblemException(AuthzError.POLICY_INVALID, "not one valid Cedar policy", found);
        }
        return policy;
    }
}
