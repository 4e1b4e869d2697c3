package io.ashlar.local;

import java.time.Duration;
import java.util.Map;

/** Asks the issuer. */
final class IssuerTokens implements Tokens {

    private final Endpoints endpoints;

    IssuerTokens(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public String user(String name) {
        return endpoints.tokenUrl() + name;
    }

    @Override
    public String service(String clientId) {
        return clientId;
    }

    @Override
    public String expired(String name) {
        return name;
    }

    @Override
    public String forged(String name) {
        return name;
    }

    @Override
    public String changed(String name, Map<String, ?> claims, Duration lifetime) {
        return name;
    }

    @Override
    public void putUser(TrialUser user) {}
}
