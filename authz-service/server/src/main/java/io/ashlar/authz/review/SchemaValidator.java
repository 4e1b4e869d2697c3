package io.ashlar.authz.review;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.DetailedError;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.ValidationResponse.ValidationError;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.cedar.PolicySource;
import io.ashlar.filter.dsl.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Strict validation by the reference implementation. Policies have passed our own reader, which bounds them. */
@ApplicationScoped
class SchemaValidator {

    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();

    /** Adds what is wrong with the schema, and with the policies under it. */
    void validate(String schema, Collection<PolicySource> policies, List<Fault> faults, List<Fault> warnings) {
        if (schema.length() > SchemaText.LENGTH_MAX) {
            faults.add(SchemaText.fault("at most " + SchemaText.LENGTH_MAX + " characters are accepted"));
            return;
        }
        ObjectNode tree = SchemaText.read(schema, faults);
        if (tree == null) {
            return;
        }
        Map<String, String> texts = new HashMap<>();
        Set<Policy> read = new HashSet<>();
        for (PolicySource policy : policies) {
            texts.put(policy.id(), policy.text());
            read.add(new Policy(policy.text(), policy.id()));
        }
        ValidationResponse response;
        try {
            response = engine.validate(new ValidationRequest(new Schema(tree), new PolicySet(read)));
        } catch (AuthException e) {
            faults.add(SchemaText.fault("cannot be validated: " + e.getMessage()));
            return;
        }
        response.errors.ifPresent(errors -> errors.forEach(error -> faults.add(SchemaText.fault(words(error)))));
        response.success.ifPresent(success -> {
            success.validationErrors.forEach(error -> faults.add(fault("policy_invalid", error, texts)));
            success.validationWarnings.forEach(warning -> warnings.add(fault("policy_doubtful", warning, texts)));
        });
    }

    private static Fault fault(String code, ValidationError error, Map<String, String> texts) {
        String place = error.getError().sourceLocations.stream()
                .findFirst()
                .map(label -> place(texts.getOrDefault(error.getPolicyId(), ""), label.start))
                .orElse("");
        return new Fault(code, "/policies/" + error.getPolicyId(), place + words(error.getError()));
    }

    private static String words(DetailedError error) {
        return error.message + error.help.map(help -> " (" + help + ')').orElse("");
    }

    /** Line and column of a byte in the UTF-8 text, as our own reader says them. */
    private static String place(String text, int offset) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String before = new String(bytes, 0, Math.clamp(offset, 0, bytes.length), StandardCharsets.UTF_8);
        long line = 1 + before.chars().filter(c -> c == '\n').count();
        return "line " + line + ", column " + (before.length() - before.lastIndexOf('\n')) + ": ";
    }
}
