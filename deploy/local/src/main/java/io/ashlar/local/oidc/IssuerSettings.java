package io.ashlar.local.oidc;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the issuer is told, as JSON in a file only its user can read.
 *
 * @param issuer the URL tokens carry
 * @param listenAddress what it binds
 * @param port where it listens
 * @param audience {@code aud} of access tokens
 * @param tokenSeconds how long access tokens last, 300 to 900
 * @param trialSecret header {@code Ashlar-Trial-Secret} of the trial endpoints
 * @param clients who may ask for tokens
 */
public record IssuerSettings(
        @JsonProperty("issuer") String issuer,
        @JsonProperty("listen_address") String listenAddress,
        @JsonProperty("port") int port,
        @JsonProperty("audience") String audience,
        @JsonProperty("token_seconds") int tokenSeconds,
        @JsonProperty("trial_secret") String trialSecret,
        @JsonProperty("clients") List<Client> clients) {

    public IssuerSettings {
        clients = List.copyOf(clients);
        if (tokenSeconds < 300 || tokenSeconds > 900) {
            throw new IllegalArgumentException("token_seconds " + tokenSeconds + ", allowed: 300 to 900");
        }
    }

    /** The address of an endpoint below the issuer. */
    String url(String path) {
        return issuer + path;
    }

    @Override
    public String toString() {
        return "IssuerSettings[" + issuer + "]";
    }
}
