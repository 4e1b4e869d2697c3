package io.ashlar.authz.impact;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What the gate on impacts believes, and how much it may cost. */
@ConfigMapping(prefix = "ashlar.authz.impact")
public interface ImpactConfig {

    /**
     * The public keys of filter-service (RFC 7517): the document itself, or the path of a file with it, which is read again when
     * it changes. Absent: no impact is believed, and none can be demanded.
     */
    Optional<String> jwks();

    /** How old a result may be when it is attached, and when the draft is published. */
    @WithDefault("24h")
    Duration ageMax();

    /** Results attached to one edition of a draft. */
    @WithDefault("20")
    int resultsMax();

    /** Comparisons of everybody's plans that run at once; more are 503 {@code review_busy}. */
    @WithDefault("2")
    int atOnce();

    /** How long one comparison may take. */
    @WithDefault("30s")
    Duration timeLimit();
}
