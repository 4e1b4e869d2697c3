package io.ashlar.export.receipt;

import io.ashlar.filter.key.KeySet;
import io.ashlar.filter.key.SigningSeed;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * The Ed25519 keys that receipts are signed with, a {@link KeySet} of seeds: the first one signs, the others are only published, so
 * that receipts of a previous key go on verifying. Thread-safe. Holds secrets: {@link #toString()} names key ids only.
 */
public final class ReceiptKeys {

    static final String TYPE = "ashlar-export-receipt";

    private final KeySet set;
    private final Map<String, KeyPair> pairs = new LinkedHashMap<>();

    private ReceiptKeys(KeySet set) {
        this.set = set;
        set.ids().forEach(id -> pairs.put(id, SigningSeed.pair(set.secret(id))));
    }

    /**
     * Reads {@code kid:seed,kid:seed}, each seed 32 bytes in base64 (RFC 8032's private key); the first is active.
     *
     * @throws IllegalArgumentException saying which entry is wrong, never with its seed
     */
    public static ReceiptKeys parse(String text) {
        return new ReceiptKeys(KeySet.parse("receipt", text, SigningSeed.BYTES, SigningSeed.BYTES));
    }

    /** The compact JWS over the receipt's payload, signed with the active key. */
    public String sign(Receipt receipt) {
        String active = set.activeId();
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        jws.setKeyIdHeaderValue(active);
        jws.setHeader("typ", TYPE);
        jws.setPayloadBytes(ReceiptJson.write(receipt));
        jws.setKey(pairs.get(active).getPrivate());
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("signing with key " + active + " failed", e);
        }
    }

    /** The public keys as a JSON Web Key Set (RFC 7517, RFC 8037), active first. */
    public String jwks() {
        JsonWebKeySet jwks = new JsonWebKeySet();
        pairs.forEach((id, pair) -> {
            OctetKeyPairJsonWebKey jwk = new OctetKeyPairJsonWebKey(pair.getPublic());
            jwk.setKeyId(id);
            jwk.setUse("sig");
            jwk.setAlgorithm(AlgorithmIdentifiers.EDDSA);
            jwks.addJsonWebKey(jwk);
        });
        return jwks.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    @Override
    public String toString() {
        return "ReceiptKeys" + set.ids();
    }
}
