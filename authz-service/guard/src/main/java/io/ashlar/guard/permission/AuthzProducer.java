package io.ashlar.guard.permission;

import io.ashlar.authz.call.ClientCredentials;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.client.DecisionRecorder;
import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.authz.embedded.EmbeddedAuthz;
import io.ashlar.authz.embedded.EmbeddedOptions;
import io.ashlar.guard.audit.DoorAudit;
import io.ashlar.guard.config.GuardConfig;
import io.ashlar.guard.config.GuardConfig.Authz.Embedded;
import io.ashlar.guard.config.GuardConfig.Authz.Mode;
import io.ashlar.guard.config.KafkaSettings;
import io.ashlar.guard.metrics.DecisionMeters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Makes the clients every server shares: its own service account's token, authz, and who decides at the door. */
@ApplicationScoped
class AuthzProducer {

    private final GuardConfig guard;
    private final KafkaSettings kafka;

    AuthzProducer(GuardConfig guard, KafkaSettings kafka) {
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

    /** Whoever decides as the mode says; made when the first question is asked. */
    @Produces
    @Singleton
    DecisionPoint point(Instance<RemoteAuthz> remote, Instance<EmbeddedAuthz> embedded) {
        return switch (guard.authz().mode()) {
            case REMOTE -> remote.get()::onBehalfOf;
            case EMBEDDED -> embedded.get()::onBehalfOf;
        };
    }

    /** Also where this process decides: plans are authz's. Then it keeps no decisions, for it is not asked for any. */
    @Produces
    @Singleton
    RemoteAuthz authz(ClientCredentials credentials, DecisionMeters meters, DoorAudit audit) {
        RemoteAuthz.Builder builder = RemoteAuthz.over(call(credentials))
                .cache(guard.authz().cacheLife(), guard.authz().cacheEntries())
                .recorder(recorder(audit));
        if (guard.authz().mode() == Mode.EMBEDDED) {
            return builder.build();
        }
        Map<String, Object> settings = kafka.all();
        if (settings.containsKey(KafkaSettings.BOOTSTRAP)) {
            builder.changes(settings);
        }
        RemoteAuthz authz = builder.revocationLatency(meters.revocations()).build();
        meters.bind(authz);
        return authz;
    }

    /** Not to be asked for in a server whose mode is another: it would hold what nobody uses. */
    @Produces
    @Singleton
    EmbeddedAuthz embedded(ClientCredentials credentials, DecisionMeters meters, DoorAudit audit) {
        Embedded embedded = guard.authz().embedded();
        EmbeddedAuthz authz = EmbeddedAuthz.over(call(credentials), kafka.all(), recorder(audit))
                .reader("ashlar-" + guard.service())
                .options(EmbeddedOptions.DEFAULT
                        .whenBehind(embedded.whenBehind())
                        .tenantsMax(embedded.tenants())
                        .loadWaitMax(embedded.loadWait())
                        .snapshotBytesMax(embedded.snapshotSize().asLongValue())
                        .stepUpMethods(embedded.stepUpMethods()))
                .revocationLatency(meters.revocations())
                .build();
        meters.bind(authz);
        return authz;
    }

    private ServiceCall call(ClientCredentials credentials) {
        return ServiceCall.to("authz", need(guard.authz().url(), "authz.url"))
                .bearer(credentials)
                .deadline(guard.authz().deadline())
                .build();
    }

    private static DecisionRecorder recorder(DoorAudit audit) {
        return (user, question, decision) -> audit.decisions().record(user, question, decision);
    }

    void close(@Disposes RemoteAuthz authz) {
        authz.close();
    }

    void close(@Disposes EmbeddedAuthz authz) {
        authz.close();
    }

    void close(@Disposes ClientCredentials credentials) {
        credentials.close();
    }

    private static <T> T need(Optional<T> value, String key) {
        return value.orElseThrow(() -> new IllegalStateException("ashlar.guard." + key + " is not configured"));
    }
}
