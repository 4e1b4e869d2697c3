package io.ashlar.filter.segment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of saved filters. */
@ConfigMapping(prefix = "ashlar.filter.segments")
interface SegmentConfig {

    /** How many segments a tenant may have, over all datasets and owners. */
    @WithDefault("1000")
    long maxPerTenant();
}
