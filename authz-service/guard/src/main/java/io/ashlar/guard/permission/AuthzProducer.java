package io.ashlar.guard.permission;

import io.ashlar.authz.call.ClientCredentials;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.guard.audit.DoorAudit;
import io.ashlar.guard.config.GuardConfig;
import io.ashlar.guard.config.KafkaSettings;
import io.ashlar.guard.metrics.DecisionMeters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Makes the clients every server shares: its own service account's token, and authz. */
@ApplicationScoped
class RemoteAuthzProducer {

    private final GuardConfig guard;
    private final KafkaSettings kafka;

    RemoteAuthzProducer(GuardConfig guard, KafkaSettings kafka) {
        this.guard = guard;
        this.kafka = kafka;
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
    RemoteAuthz authz(ClientCredentials credentials, DecisionMeters meters, DoorAudit audit) {
        URI url = need(guard.authz().url(), "authz.url");
        ServiceCall call = ServiceCall.to("authz", url)
                .bearer(credentials)
                .deadline(guard.authz().deadline())
                .build();
        RemoteAuthz.Builder builder = RemoteAuthz.over(call)
                .cache(guard.authz().cacheLife(), guard.authz().cacheEntries())
                .recorder((user, question, decision) -> audit.decisions().record(user, question, decision))
                .revocationLatency(meters.revocations());
        Map<String, Object> settings = kafka.all();
        if (settings.containsKey(KafkaSettings.BOOTSTRAP)) {
            builder.changes(settings);
        }
        RemoteAuthz authz = builder.build();
        meters.bind(authz);
        return authz;
    }

    void close(@Disposes RemoteAuthz authz) {
        authz.close();
    }

    void close(@Disposes ClientCredentials credentials) {
        credentials.close();
    }

    private static <T> T need(Optional<T> value, String key) {
        return value.orElseThrow(() -> new IllegalStateException("ashlar.guard." + key + " is not configured"));
    }
}
