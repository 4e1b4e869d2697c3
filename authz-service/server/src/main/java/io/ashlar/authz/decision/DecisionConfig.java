package io.ashlar.authz.decision;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Set;

/** How much one request may ask. */
@ConfigMapping(prefix = "ashlar.authz.decision")
public interface DecisionConfig {

    /** Evaluations in one batch. */
    @WithDefault("500")
    int evaluationsMax();

    /** Entities or actions that one page of a search looks at; what is left is on the next page. */
    @WithDefault("5000")
    int candidatesMax();

    /** Values of {@code amr} (RFC 8176) that are offered to a caller who is denied without one of them. */
    @WithDefault("mfa,hwk")
    Set<String> stepUpMethods();
}
