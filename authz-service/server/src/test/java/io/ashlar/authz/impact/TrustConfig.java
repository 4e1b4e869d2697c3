package io.ashlar.authz.impact;

import java.time.Duration;
import java.util.Optional;

/** Limits of tests. */
record TrustConfig(Optional<String> jwks) implements ImpactConfig {

    @Override
    public Duration ageMax() {
        return Duration.ofHours(24);
    }

    @Override
    public int resultsMax() {
        return 1;
    }

    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public Duration timeLimit() {
        return Duration.ofSeconds(1);
    }
}
