package io.ashlar.filter.comparison;

import io.ashlar.filter.impact.ImpactKeys;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** Reads the configured key set once; a wrong one stops the start. */
@Startup
@Singleton
final class Signer {

    private final ImpactKeys keys;

    Signer(ImpactConfig config) {
        this.keys = ImpactKeys.parse(config.keys());
    }

    ImpactKeys keys() {
        return keys;
    }
}
