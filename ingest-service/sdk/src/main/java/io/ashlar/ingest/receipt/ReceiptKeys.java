package io.ashlar.ingest.receipt;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Ed25519 keys, the first of which signs. Written {@code kid:seed,kid:seed}, a seed being 32 random bytes in base64 (RFC
 * 8032, section 5.1.5), so that {@code openssl rand -base64 32} makes one. Immutable; {@link #toString()} shows ids only.
 */
public final class ReceiptKeys {

    private static final int SEED_BYTES = 32;

    private final List<Named> keys;

    private record Named(String kid, KeyPair pair) {}

    private ReceiptKeys(List<Named> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException naming the key that is wrong, never its value
     */
    public static ReceiptKeys parse(String text) {
        List<Named> keys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("a receipt key is written kid:base64");
            }
            String kid = part.substring(0, colon).strip();
            if (!ids.add(kid)) {
                throw new IllegalArgumentException("receipt key " + kid + " appears twice");
            }
            keys.add(new Named(kid, pair(kid, part.substring(colon + 1).strip())));
        }
        return new ReceiptKeys(keys);
    }

    String activeKid() {
        return keys.getFirst().kid();
    }

    PrivateKey activeKey() {
        return keys.getFirst().pair().getPrivate();
    }

    /** The public halves as a JWK set in JSON (RFC 7517, RFC 8037). */
    public String jwks() {
        try {
            JsonWebKeySet set = new JsonWebKeySet();
            for (Named key : keys) {
                JsonWebKey jwk = JsonWebKey.Factory.newJwk(key.pair().getPublic());
                jwk.setKeyId(key.kid());
                jwk.setUse("sig");
                jwk.setAlgorithm("EdDSA");
                set.addJsonWebKey(jwk);
            }
            return set.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        } catch (JoseException impossible) {
            throw new IllegalStateException("an Ed25519 key is always a JWK", impossible);
        }
    }

    @Override
    public String toString() {
        return "ReceiptKeys" + keys.stream().map(Named::kid).toList();
    }

    private static KeyPair pair(String kid, String base64) {
        byte[] seed;
        try {
            // Both alphabets of RFC 4648, padded or not: whoever makes keys uses what is at hand.
            seed = Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("receipt key " + kid + " is not base64");
        }
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("receipt key " + kid + " has " + seed.length + " bytes, 32 are needed");
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
            // The JDK derives a public key only while it generates; its one draw of 32 bytes is the seed.
            generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", impossible);
        }
    }

    /** Not random: gives the seed once. */
    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] seed;

        Fixed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("Ed25519 draws 32 bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
