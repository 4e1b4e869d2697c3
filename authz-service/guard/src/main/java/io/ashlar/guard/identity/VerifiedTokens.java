package io.ashlar.guard.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.quarkus.security.identity.SecurityIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were proven a short while ago, so that a client that sends the same one with each request is not asked for a
 * proof by public-key arithmetic each time.
 *
 * <p>A token is known by the SHA-256 of its whole text: nothing but that text finds it, and how long a search takes tells
 * nothing about another's. It is held for {@code life} at most, never beyond its own expiry (the leeway after it is the
 * prover's to grant), and until the issuer's keys are fetched anew. A key that the issuer withdraws is therefore good for
 * {@code life} longer than it is without this, and not at all longer once the keys were fetched. Only what was proven is
 * held: nobody fills this with what he made up. Thread-safe.
 */
final class VerifiedTokens {

    /** A longer trust is nobody's intention: keys are withdrawn because somebody else has them. */
    static final Duration LIFE_MAX = Duration.ofMinutes(1);

    /** A fetched key set takes effect a moment after its answer was seen; what is proven until then may be by the old one. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final @Nullable Cache<Digest, Verified> tokens;
    private final InstantSource clock;
    private final Ticker ticker;
    private final AtomicLong quietUntilNanos;

    /**
     * None yet.
     *
     * @param life how long at most; zero holds nothing
     * @param entries how many at most, 1 or more
     */
    VerifiedTokens(Duration life, long entries, InstantSource clock, Ticker ticker) {
        if (life.isNegative() || life.compareTo(LIFE_MAX) > 0 || entries < 1) {
            throw new IllegalArgumentException(
                    "ashlar.guard.token.cache-life must be 0 to 60s, ashlar.guard.token.cache-entries 1 or more");
        }
        this.clock = clock;
        this.ticker = ticker;
        this.quietUntilNanos = new AtomicLong(ticker.read());
        this.tokens = life.isZero()
                ? null
                : Caffeine.newBuilder()
                        .maximumSize(entries)
                        .expireAfterWrite(life)
                        .ticker(ticker)
                        .build();
    }

    /** The whole of a token's SHA-256. */
    record Digest(long first, long second, long third, long fourth) {

        static Digest of(String token) {
            try {
                MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                // A character that has no byte of its own becomes '?', which no token contains (RFC 7515 §7.1).
                ByteBuffer digest = ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.ISO_8859_1)));
                return new Digest(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    private record Verified(SecurityIdentity identity, Instant expiry) {}

    /** Whether anything is held at all. */
    boolean enabled() {
        return tokens != null;
    }

    /** How many are held, about. */
    long held() {
        return tokens == null ? 0 : tokens.estimatedSize();
    }

    /** Who a token proves, if that was found out not long ago. */
    Optional<SecurityIdentity> find(Digest digest) {
        Verified found = tokens == null ? null : tokens.getIfPresent(digest);
        return found == null || !clock.instant().isBefore(found.expiry())
                ? Optional.empty()
                : Optional.of(found.identity());
    }

    /**
     * Holds what was found out.
     *
     * @param expiry the token's own
     */
    void put(Digest digest, SecurityIdentity identity, Instant expiry) {
        if (tokens != null && ticker.read() - quietUntilNanos.get() >= 0) {
            tokens.put(digest, new Verified(identity, expiry));
        }
    }

    /** The issuer's keys were fetched: whatever the old ones have proven must be proven again. */
    void forget() {
        if (tokens != null) {
            quietUntilNanos.set(ticker.read() + PAUSE.toNanos());
            tokens.invalidateAll();
        }
    }
}
