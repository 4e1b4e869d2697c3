package io.ashlar.local;

import java.time.Duration;
import java.util.Map;

/**
 * Tokens for tests and trials, from the stack's issuer. The odd ones (expired, forged) need the built-in issuer.
 * Thread-safe.
 */
public interface Tokens {

    /** Tokens from this stack. */
    static Tokens of(Endpoints endpoints) {
        return new IssuerTokens(endpoints);
    }

    /** A trial user's access token by the password grant: {@code ana}, {@code ed}, {@code ada}, {@code bob}, … */
    String user(String name);

    /** The same for a user that {@link #putUser} added. */
    String user(String name, String password);

    /** A service account's access token by client credentials: {@code ashlar-filter}, … */
    String service(String clientId);

    /** Correctly signed, but expired an hour ago. */
    String expired(String name);

    /** Well-formed, right issuer and {@code kid}, signed with a key that is not the issuer's. */
    String forged(String name);

    /**
     * Correctly signed with claims set or (by null) removed: another audience, no tenant, a tenant that is no UUID.
     *
     * @param name the user whose claims are changed
     * @param claims by name; a null value removes the claim
     * @param lifetime from now; negative for one that has expired
     */
    String changed(String name, Map<String, ?> claims, Duration lifetime);

    /** Adds or replaces a trial user. */
    void putUser(TrialUser user);

    /** A new key signs from now on; what older ones signed stays good until it expires. Works with Keycloak too. */
    void rotateKey();

    /** A new key signs from now on and is the only one published: what older ones signed is good no more. Built-in issuer only. */
    void withdrawKeys();

    /**
     * A token by token exchange (RFC 8693): a service account turns a user's token into one of its own that still names the user.
     * Keycloak only.
     *
     * @param clientId the service account
     * @param userToken issued with the scope {@code ashlar-exchange}
     */
    String exchanged(String clientId, String userToken);

    /** A trial user's token that service accounts may exchange. Keycloak only. */
    String exchangeable(String name);
}
