package io.ashlar.router.choice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of the choice of a node. */
@ConfigMapping(prefix = "ashlar.router.choice")
public interface ChoiceConfig {

    /** The greatest lag of a replica where the caller names none. */
    @WithDefault("3s")
    Duration lagBound();

    /** Replicas whose lags differ by less are alike; one sample of lag. */
    @WithDefault("250ms")
    Duration lagTie();

    /** How long a read waits for a position of the log before it goes to the primary. */
    @WithDefault("50ms")
    Duration lsnWait();

    /** How long a read waits for offsets to be loaded. */
    @WithDefault("1s")
    Duration offsetWait();

    /** How often a waiting read asks. */
    @WithDefault("5ms")
    Duration askInterval();

    /** Share of the primary's API connections that reads may take which no replica can serve; 0 to 1, per pod. */
    @WithDefault("0.3")
    double fallbackShare();

    /** Failures in a row that open a node's breaker. */
    @WithDefault("5")
    int breakerFailures();

    /** How long a breaker stays open before one read may try. */
    @WithDefault("1s")
    Duration breakerDelay();
}
