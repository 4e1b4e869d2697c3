package io.ashlar.filter.peer;

import io.ashlar.authz.call.ClientCredentials;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.filter.seal.SealKeys;
import io.ashlar.filter.seal.SealWriter;
import io.ashlar.router.client.RouterClient;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The router's client and the seal that goes with it; built once, closed with the service. */
@Singleton
final class RouterPeer {

    private final ServiceCall call;
    private final RouterClient client;
    private final SealWriter seals;

    RouterPeer(PeerConfig peers, SealConfig seal, ClientCredentials credentials) {
        call = ServiceCall.to("router", peers.router())
                .bearer(credentials)
                .deadline(peers.deadline())
                .build();
        client = new RouterClient(call);
        seals = new SealWriter(SealKeys.parse(seal.keys()), seal.validity(), Clock.systemUTC());
    }

    RouterClient client() {
        return client;
    }

    SealWriter seals() {
        return seals;
    }

    @PreDestroy
    void close() {
        call.close();
    }
}
