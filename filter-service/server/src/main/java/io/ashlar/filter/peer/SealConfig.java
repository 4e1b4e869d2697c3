package io.ashlar.filter.peer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How queries are sealed. */
@ConfigMapping(prefix = "ashlar.filter.seal")
interface SealConfig {

    /** {@code kid:base64,kid:base64}, the first signs; at least 32 bytes each; the router's {@code ashlar.router.seal.keys}. */
    String keys();

    /** How long a seal may be used, 1 s to 60 s. */
    @WithDefault("60s")
    Duration validity();
}
