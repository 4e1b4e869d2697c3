package io.ashlar.authz.call;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.CallFailedException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A service account's access token by the OAuth 2 client credentials grant (RFC 6749 §4.4), kept until 30 s before it
 * expires. One thread asks, the others wait; after a failure all callers get that failure for one second, so that a dead
 * issuer does not hold a queue of threads. Thread-safe.
 */
public final class ClientCredentials implements Supplier<String>, AutoCloseable {

    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final ServiceCall issuer;
    private final String path;
    private final byte[] form;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Held held = new Held(null, null, Instant.MIN);

    private record Held(@Nullable String token, @Nullable CallFailedException failure, Instant until) {}

    /**
     * Asks nothing yet.
     *
     * @param tokenUrl the issuer's token endpoint
     */
    public ClientCredentials(URI tokenUrl, String clientId, String clientSecret) {
        this(tokenUrl, clientId, clientSecret, Clock.systemUTC());
    }

    ClientCredentials(URI tokenUrl, String clientId, String clientSecret, Clock clock) {
        this.issuer = ServiceCall.to("oidc", tokenUrl.resolve("/")).build();
        this.path = tokenUrl.getRawPath();
        this.form = ("grant_type=client_credentials&client_id=" + ServiceCall.segment(clientId) + "&client_secret="
                        + ServiceCall.segment(clientSecret))
                .getBytes(StandardCharsets.US_ASCII);
        this.clock = clock;
    }

    /**
     * The token.
     *
     * @throws CallFailedException if the issuer gives none
     */
    @Override
    public String get() {
        String token = usable();
        if (token != null) {
            return token;
        }
        asking.lock();
        try {
            token = usable();
            return token == null ? ask() : token;
        } finally {
            asking.unlock();
        }
    }

    @Override
    public void close() {
        issuer.close();
    }

    private @Nullable String usable() {
        Held now = held;
        if (!clock.instant().isBefore(now.until())) {
            return null;
        }
        if (now.failure() != null) {
            throw now.failure();
        }
        return now.token();
    }

    private String ask() {
        try {
            JsonNode answer = issuer.repeatable()
                    .exchange("POST", path, form, "application/x-www-form-urlencoded", JsonNode.class)
                    .body();
            String token = answer.path("access_token").asText();
            if (token.isEmpty()) {
                throw CallFailedException.without("oidc", Reason.UNREADABLE, "no access_token", null);
            }
            Duration life = Duration.ofSeconds(answer.path("expires_in").asLong(60));
            held = new Held(token, null, clock.instant().plus(life).minus(MARGIN));
            return token;
        } catch (CallFailedException e) {
            held = new Held(null, e, clock.instant().plus(AFTER_FAILURE));
            throw e;
        }
    }
}
