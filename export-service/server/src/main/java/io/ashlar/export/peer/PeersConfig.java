package io.ashlar.export.peer;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/** Where the other services are. */
@ConfigMapping(prefix = "ashlar.export.peers")
public interface PeersConfig {

    URI authz();

    URI filter();

    URI router();
}
