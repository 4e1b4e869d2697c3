package io.ashlar.router.schema;

import io.ashlar.router.node.DatabaseConfig;
import io.ashlar.router.topology.Leader;
import io.ashlar.router.topology.Topology;
import io.ashlar.router.topology.TopologyWatch;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/** Migrates once there is a primary, unless that is left to a Job. Its state shows in readiness, but never makes the router unready. */
@Readiness
@Singleton
final class SchemaMigration implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(SchemaMigration.class);
    private static final long RETRY_NANOS = 5_000_000_000L;

    /** There is none to be had where somebody else migrates. */
    private final Instance<Flyway> flyway;

    private final TopologyWatch watch;
    private final boolean here;
    private final AtomicReference<State> state;

    SchemaMigration(@FlywayDataSource("owner") Instance<Flyway> flyway, TopologyWatch watch, DatabaseConfig config) {
        this.flyway = flyway;
        this.watch = watch;
        this.here = config.migrateAtStart();
        this.state = new AtomicReference<>(new State(here ? "pending" : "migrated elsewhere", Long.MIN_VALUE));
    }

    private record State(String word, long triedAtNanos) {}

    void start(@Observes StartupEvent event) {
        if (here) {
            watch.onPicture(this::follow);
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("schema")
                .withData("router", state.get().word())
                .up()
                .build();
    }

    private void follow(Topology topology) {
        State before = state.get();
        long now = System.nanoTime();
        boolean due = before.word().equals("pending")
                && (before.triedAtNanos() == Long.MIN_VALUE || now - before.triedAtNanos() > RETRY_NANOS);
        if (due
                && topology.leader() instanceof Leader.One
                && state.compareAndSet(before, new State("migrating", now))) {
            Thread.ofVirtual().name("schema-migration").start(() -> migrate(now));
        }
    }

    private void migrate(long now) {
        try {
            int applied = flyway.get().migrate().migrationsExecuted;
            state.set(new State("current", now));
            LOG.infof("event=schema_migrated applied=%d", applied);
        } catch (FlywayException e) {
            state.set(new State("pending", now));
            LOG.warnf("event=schema_not_migrated message=%s", e.getMessage());
        }
    }
}
