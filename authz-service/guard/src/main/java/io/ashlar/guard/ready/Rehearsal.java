package io.ashlar.guard.ready;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.CallLimits;
import io.ashlar.authz.call.ClientCredentials;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.guard.config.GuardConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Instance;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * A server's first requests are its own: they load classes, verify a token, open connections. On a busy machine that takes
 * longer than a user's request may wait, so a server is not ready before it has been tried. The requests are made for nobody,
 * in a tenant that does not exist; that they are refused is as it should be. Whatever comes of them, readiness does not wait
 * longer than {@code ashlar.guard.rehearsal.limit}.
 */
@ApplicationScoped
class Rehearsal implements Need {

    private static final Logger LOG = Logger.getLogger(Rehearsal.class);
    private static final UUID NO_TENANT = new UUID(0, 0);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final GuardConfig guard;
    private final Instance<ClientCredentials> credentials;
    private volatile boolean over;

    Rehearsal(GuardConfig guard, Instance<ClientCredentials> credentials) {
        this.guard = guard;
        this.credentials = credentials;
    }

    @Override
    public String name() {
        return "rehearsal";
    }

    @Override
    public Optional<String> missing() {
        return over ? Optional.empty() : Optional.of("the server is trying its first requests");
    }

    void prepare(@Observes StartupEvent event) {
        over = guard.rehearsal().path().isEmpty();
    }

    void begin(@ObservesAsync HttpServerStart started) {
        guard.rehearsal()
                .path()
                .ifPresent(path -> Thread.ofVirtual().name("rehearsal").start(() -> rehearse(port(started), path)));
    }

    /** Where any free port was asked for, the server writes down which one it got. */
    private static int port(HttpServerStart started) {
        int asked = started.options().getPort();
        String key = LaunchMode.current() == LaunchMode.TEST ? "quarkus.http.test-port" : "quarkus.http.port";
        return asked > 0 ? asked : ConfigProvider.getConfig().getValue(key, Integer.class);
    }

    private void rehearse(int port, String path) {
        Duration limit = guard.rehearsal().limit();
        long end = System.nanoTime() + limit.toNanos();
        URI self = URI.create("http://localhost:" + port);
        ServiceCall.Builder building = ServiceCall.to("itself", self)
                .limits(CallLimits.DEFAULT.withRetries(0).withDeadline(limit));
        if (guard.oidc().tokenUrl().isPresent()) {
            building.bearer(() -> credentials.get().get());
        }
        try (ServiceCall call = building.build()) {
            ServiceCall nobody = call.onBehalfOf(new OnBehalfOf(NO_TENANT, "rehearsal"));
            int answered = 0;
            while (answered < guard.rehearsal().requests() && System.nanoTime() < end) {
                if (isAnswered(nobody, path)) {
                    answered++;
                } else {
                    LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
                }
            }
            LOG.infof("event=rehearsed path=%s answers=%d", path, answered);
        } catch (RuntimeException e) {
            LOG.warn("event=rehearsal_failed", e);
        } finally {
            over = true;
        }
    }

    /** A refusal is an answer; what a dependency keeps from being answered is tried until the time is over. */
    private static boolean isAnswered(ServiceCall nobody, String path) {
        try {
            nobody.post(path, new byte[] {'{', '}'}, Void.class);
            return true;
        } catch (CallFailedException e) {
            return e.status() >= 400 && e.status() < 500;
        }
    }
}
