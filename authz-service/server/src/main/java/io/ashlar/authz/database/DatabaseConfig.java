package io.ashlar.authz.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The schema {@code authz} on the database {@code control}. */
@ConfigMapping(prefix = "ashlar.authz.database")
public interface DatabaseConfig {

    /** Pooled JDBC URL without credentials. */
    String url();

    /** JDBC URL past any pooler, for the relay's advisory lock. */
    String directUrl();

    /** Whether the schema is migrated before this server serves; if not, by the command {@code migrate}. */
    @WithDefault("true")
    boolean migrateAtStart();

    /** Migrations; needed by who migrates. */
    Optional<Login> owner();

    /** Requests; row-level security applies. */
    Login api();

    /** The relay. */
    Login system();

    /** A role's credentials. */
    interface Login {

        String username();

        String password();
    }
}
