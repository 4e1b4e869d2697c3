package io.ashlar.filter.seal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Supplier;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Seals queries. Only filter-service has one. Thread-safe.
 *
 * <p>HS256 and not an asymmetric algorithm: two services share the key, and verifying Ed25519 for every page would cost
 * the router a core at its intended load.
 */
public final class SealWriter {

    /** No seal lives longer. */
    public static final Duration VALIDITY_MAX = Duration.ofSeconds(60);

    static final String TYPE = "ashlar-query+jwt";
    static final String ISSUER = "ashlar-filter";
    static final String AUDIENCE = "ashlar-router";

    private final SealKeys keys;
    private final Duration validity;
    private final Clock clock;
    private final Supplier<String> ids;

    /**
     * A writer that signs with the active key.
     *
     * @param validity how long a seal may be used, 1 s to {@link #VALIDITY_MAX}
     */
    public SealWriter(SealKeys keys, Duration validity, Clock clock) {
        this(keys, validity, clock, randomIds());
    }

    SealWriter(SealKeys keys, Duration validity, Clock clock, Supplier<String> ids) {
        if (validity.compareTo(Duration.ofSeconds(1)) < 0 || validity.compareTo(VALIDITY_MAX) > 0) {
            throw new IllegalArgumentException("validity " + validity + " is not in PT1S to " + VALIDITY_MAX);
        }
        this.keys = keys;
        this.validity = validity;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Seals a query.
     *
     * @throws IllegalArgumentException if the seal would be longer than {@link SealReader#LENGTH_MAX} characters
     */
    public Sealed seal(SealedQuery query) {
        Instant issuedAt = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        Instant expiresAt = issuedAt.plus(validity);
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        jws.setHeader("typ", TYPE);
        jws.setKeyIdHeaderValue(keys.activeId());
        jws.setKey(keys.active());
        jws.setPayload(SealClaims.write(query, ids.get(), issuedAt, expiresAt));
        String text;
        try {
            text = jws.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException("the runtime has no HMAC-SHA256", impossible);
        }
        if (text.length() > SealReader.LENGTH_MAX) {
            throw new IllegalArgumentException("the query takes " + text.length() + " characters sealed; at most "
                    + SealReader.LENGTH_MAX + " are allowed");
        }
        return new Sealed(text, expiresAt);
    }

    /**
     * A sealed query's text.
     *
     * @param text compact JWS
     * @param expiresAt the router refuses it from then on
     */
    public record Sealed(String text, Instant expiresAt) {}

    private static Supplier<String> randomIds() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] id = new byte[16];
            random.nextBytes(id);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        };
    }
}
