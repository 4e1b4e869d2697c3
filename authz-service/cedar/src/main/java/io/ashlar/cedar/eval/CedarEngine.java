package io.ashlar.cedar.eval;

import io.ashlar.cedar.PolicyEngine;
import io.ashlar.cedar.PolicyEngineException;
import io.ashlar.cedar.PolicyFault;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.syntax.Policy;
import io.ashlar.cedar.syntax.PolicyParser;
import io.ashlar.cedar.syntax.PolicySet;
import io.ashlar.cedar.syntax.Slot;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.syntax.SyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cedar in plain Java behind the house's interface. Stateless and thread-safe. */
public final class CedarEngine implements PolicyEngine {

    @Override
    public List<PolicyFault> check(PolicySource policy) {
        try {
            Policy parsed = PolicyParser.policy(policy.text());
            return parsed.slots().stream()
                    .map(CedarEngine::openSlot)
                    .map(message -> new PolicyFault(message, -1, -1))
                    .toList();
        } catch (SyntaxException e) {
            return e.faults().stream().map(fault -> fault(fault, policy.text())).toList();
        }
    }

    @Override
    public CompiledPolicySet compile(Collection<PolicySource> policies) {
        Map<String, Policy> parsed = new LinkedHashMap<>();
        for (PolicySource source : policies) {
            if (parsed.put(source.id(), parse(source)) != null) {
                throw new PolicyEngineException("policy " + source.id() + " is there twice");
            }
        }
        try {
            return CompiledPolicySet.of(PolicySet.of(parsed));
        } catch (IllegalArgumentException e) {
            throw new PolicyEngineException("policies cannot be compiled: " + e.getMessage(), e);
        }
    }

    private static Policy parse(PolicySource source) {
        try {
            Policy policy = PolicyParser.policy(source.text());
            for (Slot slot : policy.slots()) {
                throw new PolicyEngineException("policy " + source.id() + ": " + openSlot(slot));
            }
            return policy;
        } catch (SyntaxException e) {
            throw new PolicyEngineException("policy " + source.id() + " cannot be compiled: " + e.getMessage(), e);
        }
    }

    private static String openSlot(Slot slot) {
        return "this is a template, its slot " + slot.text() + " is open";
    }

    private static PolicyFault fault(SyntaxException.Fault fault, String text) {
        Span at = fault.at();
        return at.known()
                ? new PolicyFault(fault.toString(), bytes(text, at.start()), bytes(text, at.end()))
                : new PolicyFault(fault.toString(), -1, -1);
    }

    private static int bytes(String text, int characters) {
        return text.substring(0, Math.min(characters, text.length())).getBytes(StandardCharsets.UTF_8).length;
    }
}
