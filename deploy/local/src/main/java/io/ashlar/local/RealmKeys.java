package io.ashlar.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ashlar.local.keycloak.KeycloakServer;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Signing keys of the trial realm, by Keycloak's administration API as the client it was started with. */
final class RealmKeys {

    static final String REALMS = "/realms/";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Endpoints endpoints;

    RealmKeys(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** A new RSA key with a higher priority than any before; those stay published. */
    void rotate() {
        String base = endpoints.issuer().substring(0, endpoints.issuer().indexOf(REALMS));
        String token = IssuerTokens.grant(
                base + "/realms/master/protocol/openid-connect/token",
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        KeycloakServer.ADMIN_CLIENT,
                        "client_secret",
                        endpoints.secrets().trialSecret()));
        String priority = Long.toString(System.currentTimeMillis() / 1_000);
        Map<String, Object> component = Map.of(
                "name",
                "key-" + priority,
                "providerId",
                "rsa-generated",
                "providerType",
                "org.keycloak.keys.KeyProvider",
                "config",
                Map.of(
                        "priority", List.of(priority),
                        "enabled", List.of("true"),
                        "active", List.of("true"),
                        "algorithm", List.of("RS256"),
                        "keySize", List.of("2048")));
        try {
            IssuerTokens.ask(
                    "POST",
                    URI.create(base + "/admin/realms/" + KeycloakServer.REALM + "/components"),
                    Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token),
                    JSON.writeValueAsBytes(component));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
