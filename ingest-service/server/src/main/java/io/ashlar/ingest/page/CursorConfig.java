package io.ashlar.ingest.page;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Keys of cursors. */
@ConfigMapping(prefix = "ashlar.ingest.cursor")
interface CursorConfig {

    /** {@code kid:base64,kid:base64}, 32 bytes each; the first seals, all open. */
    String keys();

    /** How long a cursor can be used. */
    @WithDefault("1h")
    Duration life();
}
