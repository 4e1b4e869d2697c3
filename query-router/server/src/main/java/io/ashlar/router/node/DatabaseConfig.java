package io.ashlar.router.node;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Who connects to the data cluster. */
@ConfigMapping(prefix = "ashlar.router.database")
public interface DatabaseConfig {

    /** The database on every node. */
    String name();

    /** JDBC URL for migrations: the primary's, or several hosts with {@code targetServerType=primary}. */
    String url();

    /** The same without a pooler in between; {@link #url()} if absent. */
    Optional<String> directUrl();

    /** Whether this server migrates the schema {@code router} when it can; if not, the command {@code migrate} does. */
    @WithDefault("true")
    boolean migrateAtStart();

    /** Migrates the schema {@code router}; needed by who migrates. */
    Optional<Role> owner();

    /** Runs the reads, under row-level security. */
    Role api();

    /** Keeps {@code router.timelines}. */
    Role system();

    /** Probes: {@code REPLICATION}, no table. */
    Role probe();

    /** A database role and its password. */
    interface Role {
        String username();

        String password();
    }
}
