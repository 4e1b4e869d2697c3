package io.ashlar.export.sweep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The sweep. */
@ConfigMapping(prefix = "ashlar.export.sweep")
public interface SweepConfig {

    /** How often left-overs are looked for. */
    @WithDefault("30s")
    Duration every();
}
