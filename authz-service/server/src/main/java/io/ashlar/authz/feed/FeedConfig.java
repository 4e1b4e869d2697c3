package io.ashlar.authz.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Snapshots for other processes. */
@ConfigMapping(prefix = "ashlar.authz.feed")
public interface FeedConfig {

    /** Snapshots being sent at once; the next ones wait, 10 s at most. */
    @WithDefault("8")
    int atOnce();
}
