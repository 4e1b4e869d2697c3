package io.ashlar.ingest.load;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the loader works. */
@ConfigMapping(prefix = "ashlar.ingest.loader")
interface LoaderConfig {

    /** Whether this instance loads at all. */
    @WithDefault("true")
    boolean enabled();

    /** The consumer group; its members share the partitions. */
    @WithDefault("ashlar-ingest-loader")
    String group();

    /** Transactions at a time, each on its own connection; partitions are spread over them. */
    @WithDefault("2")
    @Min(1) @Max(12) int lanes();

    /** From this many rows on, a batch is not held back any longer. */
    @WithDefault("5000")
    @Min(1) int rowsMin();

    /** With this many rows waiting, no more are fetched. */
    @WithDefault("60000")
    @Min(1) int rowsMax();

    /** How long a smaller batch waits for company. */
    @WithDefault("50ms")
    Duration linger();

    /** How long to wait after a failure before a partition is taken up again. */
    @WithDefault("500ms")
    Duration retryAfter();

    /** How long a fenced writer that is still assigned the partition waits before it claims it again. */
    @WithDefault("30s")
    Duration reclaimAfter();
}
