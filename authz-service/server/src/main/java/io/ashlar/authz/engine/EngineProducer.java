package io.ashlar.authz.engine;

import io.ashlar.cedar.eval.CedarEngine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Chooses the engine. */
@ApplicationScoped
class EngineProducer {

    @Produces
    @Singleton
    CedarEngine engine() {
        return new CedarEngine();
    }
}
