package io.ashlar.authz.relay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The relay of changes. */
@ConfigMapping(prefix = "ashlar.authz.relay")
public interface RelayConfig {

    /** Whether this process stands for the office at all. */
    @WithDefault("true")
    boolean enabled();

    /** How often the outbox is read and a tick is sent; readers count on 250 ms. */
    @WithDefault("250ms")
    Duration interval();

    /** Changes published in one go. */
    @WithDefault("500")
    int batch();
}
