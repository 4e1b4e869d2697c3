package io.ashlar.router.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of streams, per pod. */
@ConfigMapping(prefix = "ashlar.router.stream")
public interface StreamConfig {

    /** Streams running at once on one node, each with a connection of its own. */
    @WithDefault("4")
    int perNode();

    /** Rows fetched from the store at once; this many are held. */
    @WithDefault("1000")
    int fetchSize();

    /** From the first statement to the trailer. */
    @WithDefault("10m")
    Duration limit();

    /** How long a reader may take nothing before the stream is cut. */
    @WithDefault("60s")
    Duration stallLimit();

    /** How long a node may take to accept the connection, and then to set the tenant and to prove where it stands. */
    @WithDefault("2s")
    Duration connectTimeout();
}
