package io.ashlar.authz.snapshot;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts and ends the reader of the change topic with the application. */
@ApplicationScoped
class ChangeReading {

    private final Map<String, Object> kafka;
    private final Snapshots snapshots;
    private @Nullable ChangeReader reader;

    ChangeReading(@Identifier("default-kafka-broker") Map<String, Object> kafka, Snapshots snapshots) {
        this.kafka = kafka;
        this.snapshots = snapshots;
    }

    void start(@Observes StartupEvent started) {
        reader = ChangeReader.start(kafka, snapshots);
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (reader != null) {
            reader.close();
        }
    }
}
