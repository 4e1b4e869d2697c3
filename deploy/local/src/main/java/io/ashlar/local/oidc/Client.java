package io.ashlar.local.oidc;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/**
 * A program that may ask for tokens.
 *
 * @param id its {@code client_id}
 * @param secret empty for a public client, which cannot keep one
 * @param grants what it may use
 * @param roles platform roles of its service account
 * @param redirectPaths where the browser may be sent back to: these paths on a loopback host, any port (RFC 8252 §7.3)
 */
public record Client(
        @JsonProperty("id") String id,
        @JsonProperty("secret") String secret,
        @JsonProperty("grants") Set<String> grants,
        @JsonProperty("roles") List<String> roles,
        @JsonProperty("redirect_paths") Set<String> redirectPaths) {

    public static final String CLIENT_CREDENTIALS = "client_credentials";
    public static final String PASSWORD = "password";
    public static final String AUTHORIZATION_CODE = "authorization_code";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public Client {
        grants = Set.copyOf(grants);
        roles = List.copyOf(roles);
        redirectPaths = Set.copyOf(redirectPaths);
    }

    /** A service of the house: client credentials only. */
    public static Client service(String id, String secret, List<String> roles) {
        return new Client(id, secret, Set.of(CLIENT_CREDENTIALS), roles, Set.of());
    }

    /** The command line: the password grant, for trials. */
    public static Client commandLine(String id) {
        return new Client(id, "", Set.of(PASSWORD), List.of(), Set.of());
    }

    /** Pages: authorization code with PKCE. */
    public static Client web(String id, Set<String> redirectPaths) {
        return new Client(id, "", Set.of(AUTHORIZATION_CODE), List.of(), redirectPaths);
    }

    /** Whether a grant type is among {@link #grants()}. */
    public boolean mayUse(String grant) {
        return grants.contains(grant);
    }

    boolean mayRedirectTo(String uri) {
        try {
            URI parsed = new URI(uri);
            return "http".equals(parsed.getScheme())
                    && parsed.getHost() != null
                    && LOOPBACK.contains(parsed.getHost())
                    && parsed.getRawUserInfo() == null
                    && parsed.getRawQuery() == null
                    && parsed.getRawFragment() == null
                    && redirectPaths.contains(parsed.getRawPath());
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "Client[" + id + "]";
    }
}
