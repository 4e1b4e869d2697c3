package io.ashlar.authz.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.engine.ReferenceCheck;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.cedar.PolicyEngine;
import io.ashlar.cedar.PolicyFault;
import io.ashlar.cedar.PolicySource;
import io.ashlar.filter.dsl.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a policy from a request and has it checked by the engine that will decide by it, and by the reference. */
@ApplicationScoped
class PolicyCheck {

    static final int TEXT_LENGTH_MAX = 16 << 10;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final PolicyEngine engine;
    private final ReferenceCheck reference;

    PolicyCheck(PolicyEngine engine, ReferenceCheck reference) {
        this.engine = engine;
        this.reference = reference;
    }

    /** The policy, or all that is wrong with it. */
    PolicySource read(String id, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        if (!ID.matcher(id).matches()) {
            faults.add(new Fault("value_invalid", "/id", "a policy's id matches " + ID.pattern()));
        }
        Bodies bodies = new Bodies(faults);
        String text = "";
        if (bodies.only(body, List.of("cedar")) && body != null) {
            text = bodies.text(body.path("cedar"), "/cedar", TEXT_LENGTH_MAX);
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(DoorError.INVALID_REQUEST, "the policy is not valid", faults);
        }
        PolicySource policy = new PolicySource(id, text);
        List<PolicyFault> faulty = engine.check(policy);
        List<Fault> found = (faulty.isEmpty() ? reference.check(policy) : faulty)
                .stream()
                        .map(fault -> new Fault("policy_invalid", "/cedar", fault.message()))
                        .toList();
        if (!found.isEmpty()) {
            throw new ProblemException(AuthzError.POLICY_INVALID, "not one valid Cedar policy", found);
        }
        return policy;
    }
}
