package io.ashlar.export.request;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Lists of exports. */
@ConfigMapping(prefix = "ashlar.export.cursor")
public interface RequestConfig {

    /** {@code kid:base64,kid:base64}: AES-256 keys of the lists' cursors, the active one first. */
    String keys();

    /** How long a cursor can be used. */
    @WithDefault("1h")
    Duration life();
}
