package io.ashlar.ingest.load;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;

/** Starts and stops the loader with the service. */
@ApplicationScoped
class LoaderLifecycle {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final LoaderFactory factory;
    private volatile Optional<RunningLoader> running = Optional.empty();

    LoaderLifecycle(LoaderFactory factory) {
        this.factory = factory;
    }

    void start(@Observes StartupEvent event) {
        running = factory.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (running.isPresent()) {
            running.get().stop(STOP_PATIENCE);
        }
    }

    /** Whether its threads run, if it should load at all. */
    boolean alive() {
        return running.map(RunningLoader::alive).orElse(true);
    }

    /** Empty where this instance does not load. */
    Optional<LoaderState> state() {
        return running.map(RunningLoader::state);
    }
}
