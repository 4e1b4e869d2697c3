package io.ashlar.guard.permission;

import io.ashlar.authz.embedded.EmbeddedAuthz;
import io.ashlar.guard.config.GuardConfig;
import io.ashlar.guard.config.GuardConfig.Authz.Mode;
import io.ashlar.guard.config.KafkaSettings;
import io.ashlar.guard.ready.Need;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A server that decides in its own process is not ready before it can: before the change topic is near, and the policies are there
 * of the tenants that are to be warm; or, where none is named, before authz has answered about a tenant that does not exist, which
 * shows that snapshots can be had. What is missing later is said by the answers and the meters: a server that stopped being ready
 * for it could not even go on with what was last known.
 */
@ApplicationScoped
class FirstSnapshots implements Need {

    private static final Logger LOG = Logger.getLogger(FirstSnapshots.class);
    private static final Set<UUID> NOBODYS = Set.of(new UUID(0, 0));
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    private final GuardConfig guard;
    private final KafkaSettings kafka;
    private final Instance<EmbeddedAuthz> authz;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable String missing;

    FirstSnapshots(GuardConfig guard, KafkaSettings kafka, Instance<EmbeddedAuthz> authz) {
        this.guard = guard;
        this.kafka = kafka;
        this.authz = authz;
    }

    @Override
    public String name() {
        return "decision_point";
    }

    @Override
    public Optional<String> missing() {
        return Optional.ofNullable(missing);
    }

    void begin(@Observes StartupEvent event) {
        if (guard.authz().mode() == Mode.EMBEDDED) {
            check();
            missing = "no snapshot of policies has been asked for yet";
            Thread.ofVirtual().name("first-snapshots").start(this::load);
        }
    }

    void end(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void check() {
        List<String> lacking = new ArrayList<>();
        if (guard.authz().url().isEmpty()) {
            lacking.add("ashlar.guard.authz.url");
        }
        if (guard.audit().directory().isEmpty()) {
            // What is decided here is recorded nowhere else.
            lacking.add("ashlar.guard.audit.directory");
        }
        if (!kafka.all().containsKey(KafkaSettings.BOOTSTRAP)) {
            lacking.add("kafka." + KafkaSettings.BOOTSTRAP);
        }
        if (!lacking.isEmpty()) {
            throw new IllegalStateException("ashlar.guard.authz.mode=embedded needs " + String.join(", ", lacking));
        }
    }

    private void load() {
        Set<UUID> tenants = guard.authz().embedded().warm().orElse(NOBODYS);
        try {
            for (UUID tenant : tenants) {
                Optional<String> why = prepare(tenant);
                while (why.isPresent()) {
                    missing = why.get();
                    if (stopped.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    why = prepare(tenant);
                }
            }
            missing = null;
            LOG.infof("event=decides_in_process tenants=%d", tenants.equals(NOBODYS) ? 0 : tenants.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> prepare(UUID tenant) {
        try {
            return authz.get().prepare(tenant);
        } catch (RuntimeException e) {
            return Optional.of("the decision point cannot be made: " + e.getMessage());
        }
    }
}
