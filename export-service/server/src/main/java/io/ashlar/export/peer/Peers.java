package io.ashlar.export.peer;

import io.ashlar.authz.call.ClientCredentials;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.filter.client.FilterClient;
import io.ashlar.router.client.RouterClient;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the clients, once. */
@Singleton
public final class Peers {

    private final ClientCredentials account;
    private final ServiceCall filter;
    private final ServiceCall router;

    Peers(PeersConfig peers, AccountConfig config) {
        account = new ClientCredentials(config.tokenUrl(), config.clientId(), config.clientSecret());
        filter = ServiceCall.to("filter", peers.filter()).bearer(account).build();
        router = ServiceCall.to("router", peers.router()).bearer(account).build();
    }

    @Produces
    @Singleton
    FilterClient filterClient() {
        return new FilterClient(filter);
    }

    @Produces
    @Singleton
    RouterClient routerClient() {
        return new RouterClient(router);
    }

    void close(@Disposes FilterClient unused) {
        filter.close();
        router.close();
        account.close();
    }
}
