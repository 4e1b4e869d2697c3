package io.ashlar.filter.impact;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * The Ed25519 keys that impacts are signed with, a {@link KeySet} of seeds: the first one signs, the others are only published,
 * so that what a previous key signed goes on verifying. Thread-safe. Holds secrets: {@link #toString()} names key ids only.
 */
public final class ImpactKeys {

    static final String TYPE = "ashlar-filter-impact";

    private final KeySet set;
    private final Map<String, KeyPair> pairs = new LinkedHashMap<>();

    private ImpactKeys(KeySet set) {
        this.set = set;
        set.ids().forEach(id -> pairs.put(id, SigningSeed.pair(set.secret(id))));
    }

    /**
     * Reads {@code kid:seed,kid:seed}, each seed 32 bytes in base64; the first is active.
     *
     * @throws IllegalArgumentException saying which entry is wrong, never with its seed
     */
    public static ImpactKeys parse(String text) {
        return new ImpactKeys(KeySet.parse("impact", text, SigningSeed.BYTES, SigningSeed.BYTES));
    }

    /**
     * An impact that was signed.
     *
     * @param jws compact
     * @param payload what was signed, as a tree
     */
    public record Signed(String jws, ObjectNode payload) {}

    /** The compact JWS over the result's payload, signed with the active key. */
    public Signed sign(ImpactResult result) {
        String active = set.activeId();
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        jws.setKeyIdHeaderValue(active);
        jws.setHeader("typ", TYPE);
        jws.setPayloadBytes(ImpactJson.write(result));
        jws.setKey(pairs.get(active).getPrivate());
        try {
            return new Signed(jws.getCompactSerialization(), ImpactJson.tree(result));
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
        return "ImpactKeys" + set.ids();
    }
}
