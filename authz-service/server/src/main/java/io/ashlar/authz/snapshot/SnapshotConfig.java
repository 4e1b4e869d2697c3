package io.ashlar.authz.snapshot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is held in memory. */
@ConfigMapping(prefix = "ashlar.authz.snapshot")
public interface SnapshotConfig {

    /** Tenants held at once; the least used is forgotten. Also how many policy sets stay parsed. */
    @WithDefault("1000")
    int tenantsMax();

    /** How far the change topic may lag behind the database's time before every use asks the database. */
    @WithDefault("1s")
    Duration lagMax();
}
