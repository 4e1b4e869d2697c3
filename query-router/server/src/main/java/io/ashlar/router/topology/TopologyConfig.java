package io.ashlar.router.topology;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which servers there are, and how often they are asked. */
@ConfigMapping(prefix = "ashlar.router.topology")
public interface TopologyConfig {

    /** {@code host:port} of each; either this or {@link #service()}. */
    Optional<List<String>> nodes();

    /** Names of {@link #nodes()}, in their order; {@code replica-<place>} from 0 if absent. */
    Optional<List<String>> names();

    /** {@code host:port} of a headless Service: each address it resolves to is a node. */
    Optional<String> service();

    /** The cluster's identifier; if absent, that of the first primary seen. */
    Optional<String> systemId();

    /** How often {@link #service()} is resolved. */
    @WithDefault("5s")
    Duration resolveInterval();

    /** How often each node is asked. */
    @WithDefault("100ms")
    Duration probeInterval();

    /** How often the primary's position is remembered. */
    @WithDefault("250ms")
    Duration lagInterval();

    /** A node that takes longer to connect or to answer is unreachable; at least 1 s. */
    @WithDefault("1s")
    Duration probeTimeout();
}
