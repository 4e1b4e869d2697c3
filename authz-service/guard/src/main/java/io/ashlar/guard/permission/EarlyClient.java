package io.ashlar.guard.permission;

import io.ashlar.authz.call.ClientCredentials;
import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.guard.config.GuardConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.jboss.logging.Logger;

/**
 * Makes the client that asks authz and gets the server's own token when the server starts: on a busy machine that takes
 * longer than the first user's request may wait. What does not work yet is tried again by whoever needs it.
 */
@ApplicationScoped
class EarlyClient {

    private static final Logger LOG = Logger.getLogger(EarlyClient.class);

    private final GuardConfig guard;
    private final Instance<RemoteAuthz> authz;
    private final Instance<ClientCredentials> credentials;

    EarlyClient(GuardConfig guard, Instance<RemoteAuthz> authz, Instance<ClientCredentials> credentials) {
        this.guard = guard;
        this.authz = authz;
        this.credentials = credentials;
    }

    void start(@Observes StartupEvent event) {
        if (guard.authz().url().isPresent()) {
            Thread.ofVirtual().name("early-client").start(this::prepare);
        }
    }

    private void prepare() {
        try {
            authz.get();
            credentials.get().get();
        } catch (RuntimeException e) {
            LOG.infof("event=no_own_token_yet reason=%s", e.getMessage());
        }
    }
}
