package io.ashlar.ingest.receipt;

import io.ashlar.filter.key.KeySet;
import io.ashlar.filter.key.SigningSeed;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/**
 * Ed25519 keys, the first of which signs: a {@link KeySet} of seeds, 32 random bytes each (RFC 8032, section 5.1.5). Immutable;
 * {@link #toString()} shows ids only.
 */
public final class ReceiptKeys {

    private final KeySet set;
    private final Map<String, KeyPair> pairs = new LinkedHashMap<>();

    private ReceiptKeys(KeySet set) {
        this.set = set;
        set.ids().forEach(id -> pairs.put(id, SigningSeed.pair(set.secret(id))));
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException naming the key that is wrong, never its value
     */
    public static ReceiptKeys parse(String text) {
        return new ReceiptKeys(KeySet.parse("receipt", text, SigningSeed.BYTES, SigningSeed.BYTES));
    }

    String activeKid() {
        return set.activeId();
    }

    PrivateKey activeKey() {
        return pairs.values().iterator().next().getPrivate();
    }

    /** The public halves as a JWK set in JSON (RFC 7517, RFC 8037). */
    public String jwks() {
        try {
            JsonWebKeySet jwks = new JsonWebKeySet();
            for (Map.Entry<String, KeyPair> key : pairs.entrySet()) {
                JsonWebKey jwk = JsonWebKey.Factory.newJwk(key.getValue().getPublic());
                jwk.setKeyId(key.getKey());
                jwk.setUse("sig");
                jwk.setAlgorithm("EdDSA");
                jwks.addJsonWebKey(jwk);
            }
            return jwks.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        } catch (JoseException impossible) {
            throw new IllegalStateException("an Ed25519 key is always a JWK", impossible);
        }
    }

    @Override
    public String toString() {
        return "ReceiptKeys" + set.ids();
    }
}
