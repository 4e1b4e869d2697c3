package io.ashlar.filter.impact;

import java.security.Key;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.CompactSerializer;
import org.jose4j.lang.JoseException;

/**
 * Verifies impacts, offline: nothing but the text and a key set that the caller trusts. What it says, whose tenant and plans it
 * is about and how old it may be is for the caller to weigh. Thread-safe.
 */
public final class ImpactVerifier {

    /** Longer than the largest that is signed. */
    static final int LENGTH_MAX = 4 * 1024 * 1024;

    private static final int KEYS_MAX = 64;

    private final Map<String, Key> keys;

    /**
     * A verifier that believes these keys.
     *
     * @param jwks JSON (RFC 7517)
     * @throws IllegalArgumentException if it is no key set, or has no key with an id
     */
    public ImpactVerifier(String jwks) {
        Map<String, Key> found = new HashMap<>();
        try {
            for (JsonWebKey jwk : new JsonWebKeySet(jwks).getJsonWebKeys()) {
                if (jwk.getKeyId() != null && found.size() < KEYS_MAX) {
                    found.put(jwk.getKeyId(), jwk.getKey());
                }
            }
        } catch (JoseException malformed) {
            throw new IllegalArgumentException("not a key set", malformed);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the key set has no key with an id");
        }
        keys = Map.copyOf(found);
    }

    /** What a text turned out to be. */
    public sealed interface Verified {

        /** Signed by a key of the set. */
        record Genuine(ImpactResult result, String kid) implements Verified {}

        /** Not to be believed; the reason is for people. */
        record Refused(String reason) implements Verified {}
    }

    /** Verifies a compact JWS; never throws on any text. */
    public Verified verify(String text) {
        if (text.length() > LENGTH_MAX) {
            return new Verified.Refused("it is longer than any impact");
        }
        JsonWebSignature jws = new JsonWebSignature();
        // One algorithm only: what is verified must not choose how (RFC 8725, 3.1).
        jws.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA));
        try {
            jws.setCompactSerialization(text);
            if (!ImpactKeys.TYPE.equals(jws.getHeader("typ"))) {
                return new Verified.Refused("it is signed, but no impact");
            }
            String kid = jws.getKeyIdHeaderValue();
            Key key = kid == null ? null : keys.get(kid);
            if (key == null || kid == null) {
                return new Verified.Refused("it is signed by a key that is not of the set");
            }
            jws.setKey(key);
            if (!jws.verifySignature()) {
                return new Verified.Refused("the signature is of another text");
            }
            byte[] payload = Base64.getUrlDecoder().decode(CompactSerializer.deserialize(text)[1]);
            return new Verified.Genuine(ImpactJson.read(payload), kid);
        } catch (JoseException malformed) {
            return new Verified.Refused("it is no compact JWS by EdDSA");
        } catch (IllegalArgumentException | java.time.DateTimeException unreadable) {
            return new Verified.Refused("the payload cannot be read: " + unreadable.getMessage());
        }
    }
}
