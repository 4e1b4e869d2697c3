package io.ashlar.filter.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.filter.seal.Opened.Reason;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Opens seals. Any altered character is refused: the signature covers header and payload, and the signature's own text
 * must be the canonical base64url of its 32 bytes. The MAC is compared in constant time. Thread-safe.
 */
public final class SealReader {

    /** The longest seal, in characters (ASCII): a plan over some thousand folders fits. */
    public static final int LENGTH_MAX = 256 * 1024;

    /** How far the clocks of two pods may differ. */
    public static final Duration LEEWAY = Duration.ofSeconds(30);

    private static final Set<String> HEADER_NAMES = Set.of("alg", "typ", "kid");
    private static final AlgorithmConstraints HS256_ONLY =
            new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256);

    private final SealKeys keys;
    private final Clock clock;

    public SealReader(SealKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Opens a seal; the text may come from anybody. */
    public Opened open(@Nullable String seal) {
        if (seal == null || seal.isBlank()) {
            return new Opened.Refused(Reason.MISSING);
        }
        if (seal.length() > LENGTH_MAX) {
            return new Opened.Refused(Reason.TOO_LARGE);
        }
        String[] parts = seal.split("\\.", -1);
        if (parts.length != 3) {
            return new Opened.Refused(Reason.MALFORMED);
        }
        Optional<byte[]> payload = canonical(parts[1]);
        if (payload.isEmpty() || canonical(parts[2]).isEmpty()) {
            return new Opened.Refused(Reason.MALFORMED);
        }
        @Nullable Reason forged = verify(seal, parts[0]);
        return forged != null ? new Opened.Refused(forged) : read(payload.get());
    }

    private @Nullable Reason verify(String seal, String headerPart) {
        JsonNode header = canonical(headerPart).flatMap(SealReader::object).orElse(null);
        if (header == null) {
            return Reason.MALFORMED;
        }
        // The algorithm is ours to choose, never the token's: none, RS256 over our secret and the like end here.
        if (!AlgorithmIdentifiers.HMAC_SHA256.equals(header.path("alg").textValue())) {
            return Reason.ALGORITHM;
        }
        if (!names(header).equals(HEADER_NAMES)
                || !SealWriter.TYPE.equals(header.path("typ").textValue())
                || !header.path("kid").isTextual()) {
            return Reason.MALFORMED;
        }
        Optional<Key> key = keys.find(header.path("kid").textValue());
        if (key.isEmpty()) {
            return Reason.UNKNOWN_KEY;
        }
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmConstraints(HS256_ONLY);
        jws.setKey(key.get());
        try {
            jws.setCompactSerialization(seal);
            return jws.verifySignature() ? null : Reason.SIGNATURE;
        } catch (JoseException refused) {
            return Reason.MALFORMED;
        }
    }

    private Opened read(byte[] payload) {
        SealClaims claims = object(payload).flatMap(SealClaims::read).orElse(null);
        if (claims == null) {
            return new Opened.Refused(Reason.CONTENT);
        }
        if (!claims.issuer().equals(SealWriter.ISSUER) || !claims.audience().equals(SealWriter.AUDIENCE)) {
            return new Opened.Refused(Reason.AUDIENCE);
        }
        Instant now = clock.instant();
        Duration validity = Duration.between(claims.issuedAt(), claims.expiresAt());
        if (validity.isNegative()
                || validity.compareTo(SealWriter.VALIDITY_MAX) > 0
                || claims.issuedAt().isAfter(now.plus(LEEWAY))) {
            return new Opened.Refused(Reason.VALIDITY);
        }
        if (!now.isBefore(claims.expiresAt().plus(LEEWAY))) {
            return new Opened.Refused(Reason.EXPIRED);
        }
        return new Opened.Ok(claims.query(), claims.id(), claims.issuedAt(), claims.expiresAt());
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Optional<JsonNode> object(byte[] json) {
        try {
            JsonNode node = SealClaims.JSON.readTree(new String(json, StandardCharsets.UTF_8));
            return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    /** Decodes base64url, refusing every spelling but the canonical one: unused trailing bits would be free to alter. */
    private static Optional<byte[]> canonical(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            String again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            return again.equals(part) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
