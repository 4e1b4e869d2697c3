package io.ashlar.router.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What one tenant may take of a pod's connections. */
@ConfigMapping(prefix = "ashlar.router.tenants")
public interface TenantConfig {

    /** Reads at once for people who wait, as a share of {@code flight.api-pool-size}; one at least. */
    @WithDefault("0.75")
    double apiShare();

    /** Streams and jobs' pages at once, as a share of {@code flight.job-pool-size}; one at least. */
    @WithDefault("0.75")
    double jobShare();

    /** Reads of one tenant that may wait for a place; the next is refused. */
    @WithDefault("256")
    int queueLength();

    /** How long a read waits for a place. */
    @WithDefault("500ms")
    Duration waitLimit();
}
