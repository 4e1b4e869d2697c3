package io.ashlar.filter.comparison;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Impacts. */
@ConfigMapping(prefix = "ashlar.filter.impact")
interface ImpactConfig {

    /** {@code kid:seed,kid:seed}: Ed25519 seeds of 32 bytes, the first signs, all are published. */
    String keys();

    /** Subjects of one call. */
    @WithDefault("20")
    int maxSubjects();

    /** How long one call may count. */
    @WithDefault("30s")
    Duration timeLimit();
}
