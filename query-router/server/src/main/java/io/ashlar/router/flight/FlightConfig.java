package io.ashlar.router.flight;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of pages, counts and descriptions, per pod and node. */
@ConfigMapping(prefix = "ashlar.router.flight")
public interface FlightConfig {

    /** Connections to each node for people who wait. */
    @WithDefault("16")
    int apiPoolSize();

    /** Connections to each node for jobs' pages. */
    @WithDefault("4")
    int jobPoolSize();

    /** Reads that may wait for a connection to one node; the next is refused. */
    @WithDefault("256")
    int queueLength();

    /** How long a read waits for a connection. */
    @WithDefault("500ms")
    Duration acquireTimeout();

    /** How long a node may take to accept a connection. */
    @WithDefault("1s")
    Duration connectTimeout();

    /** PostgreSQL's {@code statement_timeout} for each statement. */
    @WithDefault("5s")
    Duration statementTimeout();

    /** A whole read with its waits and its retry. */
    @WithDefault("10s")
    Duration deadline();
}
