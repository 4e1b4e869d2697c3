package io.ashlar.authz.decision;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** How the service is known outside. */
@ConfigMapping(prefix = "ashlar.authz.discovery")
public interface DiscoveryConfig {

    /** Base URL in the discovery document; the request's own if absent. */
    Optional<URI> publicUrl();
}
