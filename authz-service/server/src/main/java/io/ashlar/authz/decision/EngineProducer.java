package io.ashlar.authz.decision;

import io.ashlar.authz.engine.CedarJavaEngine;
import io.ashlar.authz.snapshot.SnapshotConfig;
import io.ashlar.cedar.PolicyEngine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Chooses the engine. */
@ApplicationScoped
class EngineProducer {

    /** Twice the tenants: a swapped set is freed on the native side only when it is collected. */
    @Produces
    @ApplicationScoped
    PolicyEngine engine(SnapshotConfig config) {
        return new CedarJavaEngine(config.tenantsMax() * 2);
    }
}
