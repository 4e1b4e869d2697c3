package io.ashlar.filter.peer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where the peers are. */
@ConfigMapping(prefix = "ashlar.filter.peers")
interface PeerConfig {

    /** Base URL of authz-service; the guard asks it too. */
    URI authz();

    /** Base URL of the query-router. */
    URI router();

    /** How long one call to the router may take with its repeats. */
    @WithDefault("5s")
    Duration deadline();
}
