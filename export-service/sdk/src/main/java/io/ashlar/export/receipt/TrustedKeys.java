package io.ashlar.export.receipt;

import java.security.Key;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The public keys a verifier believes, by key id. */
final class TrustedKeys {

    private static final int KEYS_MAX = 64;

    private final Map<String, Key> keys;

    private TrustedKeys(Map<String, Key> keys) {
        this.keys = Map.copyOf(keys);
    }

    static TrustedKeys read(String jwks) throws ReceiptFormatException {
        try {
            Map<String, Key> keys = new HashMap<>();
            for (JsonWebKey jwk : new JsonWebKeySet(jwks).getJsonWebKeys()) {
                if (jwk.getKeyId() != null && keys.size() < KEYS_MAX) {
                    keys.put(jwk.getKeyId(), jwk.getKey());
                }
            }
            if (keys.isEmpty()) {
                throw new ReceiptFormatException("the key set has no key with a kid", null);
            }
            return new TrustedKeys(keys);
        } catch (JoseException e) {
            throw new ReceiptFormatException("the key set is no JSON Web Key Set: " + e.getMessage(), e);
        }
    }

    @Nullable Key find(@Nullable String kid) {
        return kid == null ? null : keys.get(kid);
    }
}
