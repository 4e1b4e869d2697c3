package io.ashlar.authz.page;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Cursors of lists. */
@ConfigMapping(prefix = "ashlar.authz.cursor")
public interface PageConfig {

    /** {@code kid:base64,…}, 32 bytes each, the first seals. Absent: a random key, and cursors end with this process. */
    Optional<String> keys();

    /** How long a cursor may be used. */
    @WithDefault("1h")
    Duration life();
}
