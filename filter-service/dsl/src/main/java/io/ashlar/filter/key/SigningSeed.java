package io.ashlar.filter.key;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;

/** Ed25519 keys (RFC 8032, section 5.1.5) from 32 secret bytes, as a {@link KeySet} holds them. */
public final class SigningSeed {

    /** Bytes of a seed. */
    public static final int BYTES = 32;

    private SigningSeed() {}

    /**
     * The pair that a seed stands for, always the same.
     *
     * @throws IllegalArgumentException if there are not {@link #BYTES}
     */
    public static KeyPair pair(byte[] seed) {
        if (seed.length != BYTES) {
            throw new IllegalArgumentException("a seed has " + BYTES + " bytes");
        }
        try {
            // The platform derives a public key only while generating, so it is given the seed as its randomness.
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    /** Not random: gives the seed. */
    private static final class Fixed extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Fixed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("Ed25519 draws " + BYTES + " bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
