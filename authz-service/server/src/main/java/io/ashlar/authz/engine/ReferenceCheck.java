package io.ashlar.authz.engine;

import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import io.ashlar.cedar.PolicyFault;
import io.ashlar.cedar.PolicySource;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Cedar's reference implementation through JNI, asked when a policy is handed in and never in a decision: what it does not
 * read other Cedar tools do not read either. Needs {@code --enable-native-access=ALL-UNNAMED}; thread-safe.
 */
@Singleton
public final class ReferenceCheck {

    /** What is wrong with one policy; empty when the reference reads it as one static policy. */
    public List<PolicyFault> check(PolicySource policy) {
        try {
            Policy parsed = Policy.parseStaticPolicy(policy.text());
            return parsed.policySrc == null ? List.of(new PolicyFault("no policy", -1, -1)) : List.of();
        } catch (InternalException e) {
            return e.getErrors().stream()
                    .map(message -> new PolicyFault(message, -1, -1))
                    .toList();
        }
    }
}
