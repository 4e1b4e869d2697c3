package io.ashlar.filter.paging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How cursors are sealed. */
@ConfigMapping(prefix = "ashlar.filter.cursor")
interface CursorConfig {

    /** {@code kid:base64,kid:base64}, 32 bytes each, the first seals; rotate daily. */
    String keys();

    /** How long a client may take between two pages. */
    @WithDefault("24h")
    Duration lifetime();
}
