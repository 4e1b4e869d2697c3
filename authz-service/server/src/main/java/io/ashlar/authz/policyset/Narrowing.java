package io.ashlar.authz.policyset;

import io.ashlar.cedar.Effect;
import io.ashlar.cedar.PolicyEngineException;
import io.ashlar.cedar.syntax.PolicyParser;
import io.ashlar.cedar.syntax.SyntaxException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells from the texts alone that a change gives nobody anything: it only takes permits away and adds forbids. Whatever is allowed
 * afterwards, some permit allows that was there before, and no forbid that was there before is against it. {@code false} says nothing:
 * a permit that was made stricter is another text.
 */
public final class Narrowing {

    private Narrowing() {}

    /**
     * Whether policies {@code to} surely allow nothing that policies {@code from} did not.
     *
     * @throws PolicyEngineException if a text is no policy
     */
    public static boolean between(Collection<String> from, Collection<String> to) {
        return all(Effect.PERMIT, without(from, to)) && all(Effect.FORBID, without(to, from));
    }

    private static Set<String> without(Collection<String> texts, Collection<String> others) {
        Set<String> left = new HashSet<>(texts);
        left.removeAll(new HashSet<>(others));
        return left;
    }

    private static boolean all(Effect effect, Set<String> texts) {
        return texts.stream().allMatch(text -> effect(text) == effect);
    }

    private static Effect effect(String text) {
        try {
            return PolicyParser.policy(text).effect();
        } catch (SyntaxException e) {
            throw new PolicyEngineException("a policy cannot be read: " + e.getMessage(), e);
        }
    }
}
