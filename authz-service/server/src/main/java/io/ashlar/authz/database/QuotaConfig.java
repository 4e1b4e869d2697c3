package io.ashlar.authz.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much a tenant may have. */
@ConfigMapping(prefix = "ashlar.authz.quota")
public interface QuotaConfig {

    /** Policies in force. */
    @WithDefault("1000")
    int policies();

    /** Users and groups together. */
    @WithDefault("100000")
    int principals();
}
