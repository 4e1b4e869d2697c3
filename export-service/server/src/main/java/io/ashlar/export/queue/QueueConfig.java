package io.ashlar.export.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How jobs are claimed, held, repeated and kept. */
@ConfigMapping(prefix = "ashlar.export.queue")
public interface QueueConfig {

    /** Whether this process claims jobs; a process that does not still serves requests. */
    @WithDefault("true")
    boolean enabled();

    /** Exports that this process runs at once. */
    @WithDefault("4")
    int exportSlots();

    /** Webhook calls that this process makes at once. */
    @WithDefault("8")
    int deliverySlots();

    /** The shortest pause between two looks at an empty queue. */
    @WithDefault("250ms")
    Duration pollMin();

    /** The longest pause between two looks at an empty queue. */
    @WithDefault("500ms")
    Duration pollMax();

    /** How long a claim holds without a heartbeat. */
    @WithDefault("30s")
    Duration lease();

    /** How often a claim is renewed, progress is told and a cancel is noticed. */
    @WithDefault("10s")
    Duration heartbeat();

    /** Jobs of one tenant running at once in one lane, over all processes. */
    @WithDefault("3")
    int runningPerTenant();

    /** Exports of one tenant waiting at once; one more is refused. */
    @WithDefault("1000")
    int queuedPerTenant();

    /** Attempts at an export before it is dead. */
    @WithDefault("5")
    int exportAttempts();

    /** Attempts at a webhook before it is dead. */
    @WithDefault("10")
    int deliveryAttempts();

    /** The first attempt is repeated after a random time up to this; each further one doubles it. */
    @WithDefault("2s")
    Duration backoffBase();

    /** The upper bound of that doubling. */
    @WithDefault("5m")
    Duration backoffCap();

    /** How long a file can be fetched. */
    @WithDefault("7d")
    Duration keepFiles();

    /** How long the row of an ended job is kept. */
    @WithDefault("30d")
    Duration keepJobs();
}
