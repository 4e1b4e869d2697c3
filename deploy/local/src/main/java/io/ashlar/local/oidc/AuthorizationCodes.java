package io.ashlar.local.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Things that are good for one use and a short time: requests waiting for a sign-in, and codes. At most a thousand of
 * each; the oldest go first. Thread-safe.
 *
 * @param <T> what is kept
 */
final class AuthorizationCodes<T> {

    private static final int MAX_KEPT = 1_000;

    private final Duration lifetime;
    private final InstantSource clock;
    private final Map<String, Kept<T>> kept = new LinkedHashMap<>();

    private record Kept<T>(T value, Instant until) {}

    /**
     * What the browser asked for at {@code /authorize}.
     *
     * @param client who asked
     * @param redirectUri checked against the client's
     * @param state given back as it came
     * @param nonce put into the identity token
     * @param challenge S256 of the verifier (RFC 7636)
     */
    record Request(
            Client client,
            String redirectUri,
            String state,
            @Nullable String nonce,
            String challenge) {}

    /**
     * What a code stands for.
     *
     * @param request what was asked
     * @param account who signed in
     */
    record Grant(Request request, Account account) {}

    AuthorizationCodes(Duration lifetime, InstantSource clock) {
        this.lifetime = lifetime;
        this.clock = clock;
    }

    synchronized String put(T value) {
        String id = Secrets.random();
        kept.put(id, new Kept<>(value, clock.instant().plus(lifetime)));
        if (kept.size() > MAX_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        return id;
    }

    /** Leaves it there. */
    synchronized Optional<T> peek(String id) {
        Kept<T> found = kept.get(id);
        return found == null || clock.instant().isAfter(found.until()) ? Optional.empty() : Optional.of(found.value());
    }

    /** Takes it away: whoever comes second gets nothing. */
    synchronized Optional<T> take(String id) {
        Optional<T> found = peek(id);
        kept.remove(id);
        return found;
    }
}
