package io.ashlar.filter.dataset;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of the registry. */
@ConfigMapping(prefix = "ashlar.filter.datasets")
interface DatasetConfig {

    /** How many datasets a tenant may declare. */
    @WithDefault("1000")
    long maxPerTenant();
}
