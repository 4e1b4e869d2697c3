package io.ashlar.ingest.topic;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** How topics are made. */
@ConfigMapping(prefix = "ashlar.ingest.topics")
interface TopicConfig {

    /** Whether missing topics are made; off where an operator makes them. */
    @WithDefault("true")
    boolean create();

    /** Replicas of a topic that is made here. */
    @WithDefault("1")
    @Min(1) short replicas();
}
