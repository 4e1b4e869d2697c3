package io.ashlar.authz.review;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much reviewing may cost. */
@ConfigMapping(prefix = "ashlar.authz.review")
public interface ReviewConfig {

    /** Reviews that run at once. */
    @WithDefault("2")
    int threads();

    /** Reviews that wait; more are refused with 503. */
    @WithDefault("16")
    int waiting();

    /** How long one review may take. */
    @WithDefault("10s")
    Duration timeLimit();
}
