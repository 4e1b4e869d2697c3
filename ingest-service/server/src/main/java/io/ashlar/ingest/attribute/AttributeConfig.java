package io.ashlar.ingest.attribute;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Limits of the attribute registry. */
@ConfigMapping(prefix = "ashlar.ingest.attributes")
interface AttributeConfig {

    /** Attributes of one tenant. */
    @WithDefault("1000")
    @Min(1) int perTenant();

    /** How long a tenant's attributes are kept in memory; a missing name is looked for at once. */
    @WithDefault("30s")
    Duration cacheLife();

    /** Tenants kept in memory. */
    @WithDefault("10000")
    @Min(1) long cacheTenants();
}
