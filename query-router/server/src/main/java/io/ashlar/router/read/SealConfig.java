package io.ashlar.router.read;

import io.smallrye.config.ConfigMapping;

/** What opens seals. */
@ConfigMapping(prefix = "ashlar.router.seal")
public interface SealConfig {

    /** {@code kid:base64,kid:base64}, 32 bytes each or more; the same set as filter-service's. */
    String keys();
}
