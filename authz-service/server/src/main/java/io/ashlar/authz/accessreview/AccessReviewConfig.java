package io.ashlar.authz.accessreview;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How large access reviews may be, and when their dates are looked at. */
@ConfigMapping(prefix = "ashlar.authz.access-review")
public interface AccessReviewConfig {

    /** Whether this process looks for dates that have passed. */
    @WithDefault("true")
    boolean enabled();

    /** How often. */
    @WithDefault("1m")
    Duration interval();

    /** Reviews of a tenant that are not closed. */
    @WithDefault("10")
    int openMax();

    /** Grants in one review. */
    @WithDefault("50000")
    int grantsMax();

    /** How far ahead a review may be due, and a grant be attested. */
    @WithDefault("400d")
    Duration horizon();
}
