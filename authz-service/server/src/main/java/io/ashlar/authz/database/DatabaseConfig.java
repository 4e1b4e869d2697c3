package io.ashlar.authz.database;

import io.smallrye.config.ConfigMapping;

/** The schema {@code authz} on the database {@code control}. */
@ConfigMapping(prefix = "ashlar.authz.database")
public interface DatabaseConfig {

    /** Pooled JDBC URL without credentials. */
    String url();

    /** JDBC URL past any pooler, for the relay's advisory lock. */
    String directUrl();

    /** Migrations. */
    Login owner();

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
