package io.ashlar.guard.permission;

import io.ashlar.authz.call.ClientCredentials;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.guard.config.GuardConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Makes the clients every server shares: its own service account's token, and authz. */
@ApplicationScoped
class RemoteAuthzProducer {

    private static final String KAFKA = "kafka.";

    private final GuardConfig guard;
    private final Config config;

    RemoteAuthzProducer(GuardConfig guard, Config config) {
        this.guard = guard;
        this.config = config;
    }

    /** The service account's token; inject it where another service is called. */
    @Produces
    @Singleton
    ClientCredentials credentials() {
        GuardConfig.Oidc oidc = guard.oidc();
        return new ClientCredentials(
                need(oidc.tokenUrl(), "oidc.token-url"),
                need(oidc.clientId(), "oidc.client-id"),
                need(oidc.clientSecret(), "oidc.client-secret"));
    }

    @Produces
    @Singleton
    RemoteAuthz authz(ClientCredentials credentials) {
        URI url = need(guard.authz().url(), "authz.url");
        ServiceCall call = ServiceCall.to("authz", url)
                .bearer(credentials)
                .deadline(guard.authz().deadline())
                .build();
        RemoteAuthz.Builder builder = RemoteAuthz.over(call)
                .cache(guard.authz().cacheLife(), guard.authz().cacheEntries());
        Map<String, Object> kafka = kafka();
        if (kafka.containsKey("bootstrap.servers")) {
            builder.changes(kafka);
        }
        return builder.build();
    }

    void close(@Disposes RemoteAuthz authz) {
        authz.close();
    }

    void close(@Disposes ClientCredentials credentials) {
        credentials.close();
    }

    private Map<String, Object> kafka() {
        Map<String, Object> kafka = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(KAFKA)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> kafka.put(name.substring(KAFKA.length()), value));
            }
        }
        return kafka;
    }

    private static <T> T need(Optional<T> value, String key) {
        return value.orElseThrow(() -> new IllegalStateException("ashlar.guard." + key + " is not configured"));
    }
}
