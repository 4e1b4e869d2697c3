package io.ashlar.filter.dataset;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * The {@code control} cluster, schema {@code filter}. The keys are read by the datasources of {@code application.properties};
 * they are declared here so that a misspelled one is found at start.
 */
@ConfigMapping(prefix = "ashlar.filter.database")
interface DatabaseConfig {

    /** JDBC URL without credentials, for requests; may lead through a pooler in transaction mode. */
    String url();

    /** JDBC URL without a pooler, for migrations. */
    String directUrl();

    /** Connections of this pod for requests. */
    @WithDefault("16")
    int poolSize();

    /** Whether the schema is migrated before this server serves; if not, by the command {@code migrate}. */
    @WithDefault("true")
    boolean migrateAtStart();

    /** {@code ashlar_filter_owner}: migrations; needed by who migrates. */
    Optional<Role> owner();

    /** {@code ashlar_filter_api}: requests; row-level security applies. */
    Role api();

    /** {@code ashlar_filter_system}: nothing runs in the background yet, so that it is accepted and not used. */
    Optional<Role> system();

    /** A database role that logs in. */
    interface Role {
        String username();

        String password();
    }
}
