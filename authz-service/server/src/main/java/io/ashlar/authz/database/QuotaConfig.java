package io.ashlar.authz.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much a tenant may have. */
@ConfigMapping(prefix = "ashlar.authz.quota")
public interface QuotaConfig {

    /** Policies in force. */
    @WithDefault("1000")
    int policies();

    /** Drafts of policies. */
    @WithDefault("20")
    int drafts();

    /** Users and groups together. */
    @WithDefault("100000")
    int principals();

    /** Roles that a tenant defines, besides the built-in ones. */
    @WithDefault("200")
    int roles();

    /** Types registered as authz's own. */
    @WithDefault("100")
    int entityTypes();

    /** Entities of registered types. */
    @WithDefault("10000")
    int entities();
}
