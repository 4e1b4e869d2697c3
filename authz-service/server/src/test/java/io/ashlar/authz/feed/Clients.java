package io.ashlar.authz.feed;

import io.ashlar.authz.call.ClientCredentials;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.client.DecisionRecorder;
import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.authz.embedded.EmbeddedAuthz;
import io.ashlar.local.Endpoints;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Clients of a running authz, as a service of the house makes them: with its own account and the change topic. */
public final class Clients {

    private Clients() {}

    /** A call with the token of export's account. */
    public static ServiceCall call(Endpoints endpoints, URI authz) {
        ClientCredentials token = new ClientCredentials(
                URI.create(endpoints.tokenUrl()),
                "ashlar-export",
                endpoints.secrets().clientSecrets().get("ashlar-export"));
        return ServiceCall.to("authz", authz)
                .bearer(token)
                .deadline(Duration.ofSeconds(2))
                .build();
    }

    public static RemoteAuthz remote(Endpoints endpoints, URI authz, Consumer<Duration> latencies) {
        return RemoteAuthz.over(call(endpoints, authz))
                .changes(kafka(endpoints))
                .revocationLatency(latencies)
                .build();
    }

    public static EmbeddedAuthz embedded(Endpoints endpoints, URI authz, Consumer<Duration> latencies) {
        return EmbeddedAuthz.over(call(endpoints, authz), kafka(endpoints), DecisionRecorder.NONE)
                .revocationLatency(latencies)
                .build();
    }

    private static Map<String, Object> kafka(Endpoints endpoints) {
        return Map.of("bootstrap.servers", endpoints.kafkaBootstrap());
    }
}
