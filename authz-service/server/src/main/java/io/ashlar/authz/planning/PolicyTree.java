package io.ashlar.authz.planning;

import io.ashlar.cedar.PolicyEngineException;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.syntax.Policy;
import io.ashlar.cedar.syntax.PolicyParser;
import io.ashlar.cedar.syntax.SyntaxException;

/**
 * A policy as its author wrote it and as what it says; the text is for places in what is refused.
 *
 * @param id the policy's
 * @param text its Cedar text
 * @param policy what it says
 */
public record PolicyTree(String id, String text, Policy policy) {

    /**
     * Parses a policy that has been checked.
     *
     * @throws PolicyEngineException if it is none
     */
    public static PolicyTree of(PolicySource source) {
        try {
            return new PolicyTree(source.id(), source.text(), PolicyParser.policy(source.text()));
        } catch (SyntaxException e) {
            throw new PolicyEngineException("policy " + source.id() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
