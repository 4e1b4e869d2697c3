package io.ashlar.export.receipt;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * The Ed25519 keys that receipts are signed with: the first one signs, the others are only published, so that receipts
 * of a previous key go on verifying. Thread-safe. Holds secrets: {@link #toString()} names key ids only.
 */
public final class ReceiptKeys {

    static final String TYPE = "ashlar-export-receipt";

    private static final int SEED_BYTES = 32;
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final List<Key> keys;

    private ReceiptKeys(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    private record Key(String kid, PrivateKey privateKey, PublicKey publicKey) {}

    /**
     * Reads {@code kid:seed,kid:seed}, each seed 32 bytes in base64url (RFC 8032's private key); the first is active.
     *
     * @throws IllegalArgumentException saying which entry is wrong, never with its seed
     */
    public static ReceiptKeys parse(String text) {
        List<Key> keys = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String entry : text.split(",", -1)) {
            int colon = entry.indexOf(':');
            String kid = colon < 0 ? "" : entry.substring(0, colon).strip();
            if (!KEY_ID.matcher(kid).matches() || !seen.add(kid)) {
                throw new IllegalArgumentException("receipt key " + (keys.size() + 1)
                        + " must be kid:base64url-seed with a kid of its own ([A-Za-z0-9._-], at most 64)");
            }
            keys.add(key(kid, entry.substring(colon + 1).strip()));
        }
        return new ReceiptKeys(keys);
    }

    /** The compact JWS over the receipt's payload, signed with the active key. */
    public String sign(Receipt receipt) {
        Key active = keys.getFirst();
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        jws.setKeyIdHeaderValue(active.kid());
        jws.setHeader("typ", TYPE);
        jws.setPayloadBytes(ReceiptJson.write(receipt));
        jws.setKey(active.privateKey());
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("signing with key " + active.kid() + " failed", e);
        }
    }

    /** The public keys as a JSON Web Key Set (RFC 7517, RFC 8037), active first. */
    public String jwks() {
        JsonWebKeySet set = new JsonWebKeySet();
        for (Key key : keys) {
            OctetKeyPairJsonWebKey jwk = new OctetKeyPairJsonWebKey(key.publicKey());
            jwk.setKeyId(key.kid());
            jwk.setUse("sig");
            jwk.setAlgorithm(AlgorithmIdentifiers.EDDSA);
            set.addJsonWebKey(jwk);
        }
        return set.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private static Key key(String kid, String seedText) {
        byte[] seed;
        try {
            seed = Base64.getUrlDecoder().decode(seedText);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the seed of receipt key " + kid + " is not base64url", e);
        }
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException(
                    "the seed of receipt key " + kid + " has " + seed.length + " bytes, not " + SEED_BYTES);
        }
        try {
            // The platform derives a public key only while generating, so it is given the seed as its randomness.
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            KeyPair pair = generator.generateKeyPair();
            return new Key(kid, pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    @Override
    public String toString() {
        return "ReceiptKeys" + keys.stream().map(Key::kid).toList();
    }

    private static final class Seed extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("asked for " + bytes.length + " bytes of a seed");
            }
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
