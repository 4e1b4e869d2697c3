package io.ashlar.export.peer;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/** This service's own account at the issuer. */
@ConfigMapping(prefix = "ashlar.export.oidc")
public interface AccountConfig {

    URI tokenUrl();

    String clientId();

    String clientSecret();
}
