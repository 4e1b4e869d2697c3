package io.ashlar.router.choice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** How tokens are read and minted. */
@ConfigMapping(prefix = "ashlar.router.token")
public interface TokenConfig {

    /** Raised by a restore, on all services at once: it must live outside the restored database. */
    @WithDefault("1")
    int incarnation();

    /** Number of each topic in {@code ingest.loaded_offsets}. */
    Map<String, Short> topics();
}
