package io.ashlar.authz.journal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** The audit spool. */
@ConfigMapping(prefix = "ashlar.authz.audit")
public interface AuditConfig {

    /** Its own directory; a persistent volume where losing a node may lose nothing. */
    @WithDefault("audit-spool")
    Path directory();

    /** Bytes of one file. */
    @WithDefault("4194304")
    int segmentBytes();

    /** Files at most; the product is the bound. */
    @WithDefault("64")
    int segmentsMax();

    /** How long a decision waits for room before it is refused. */
    @WithDefault("250ms")
    Duration patience();

    /** How long equal allows are counted into one event. */
    @WithDefault("1s")
    Duration mergeWindow();

    /** How long the end of the process waits for delivery. */
    @WithDefault("5s")
    Duration drain();
}
