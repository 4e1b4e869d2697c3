package io.ashlar.ingest.receipt;

import java.io.IOException;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Verifies receipts offline with a JWK set. Thread-safe. */
public final class ReceiptVerifier {

    /** The outcome: an answer, never an exception. */
    public sealed interface Verified {
        /** Signed by one of the keys. */
        record Ok(IngestReceipt receipt, String kid) implements Verified {}

        /** Not to be trusted. */
        record Refused(String reason) implements Verified {}
    }

    private static final int MAX_JWS = 16 * 1024;
    private static final AlgorithmConstraints EDDSA_ONLY =
            new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA);

    private final JsonWebKeySet keys;

    /**
     * @param jwks a JWK set in JSON
     * @throws IllegalArgumentException if it is none
     */
    public ReceiptVerifier(String jwks) {
        try {
            keys = new JsonWebKeySet(jwks);
        } catch (JoseException notAKeySet) {
            throw new IllegalArgumentException("not a JWK set", notAKeySet);
        }
    }

    /** Checks a compact JWS. */
    public Verified verify(String compact) {
        if (compact.length() > MAX_JWS) {
            return new Verified.Refused("longer than a receipt");
        }
        try {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setAlgorithmConstraints(EDDSA_ONLY);
            jws.setCompactSerialization(compact);
            String kid = jws.getKeyIdHeaderValue();
            JsonWebKey key = kid == null ? null : keys.findJsonWebKey(kid, null, null, null);
            if (key == null) {
                return new Verified.Refused("signed by a key that is not in the set");
            }
            if (!ReceiptSigner.TYPE.equals(jws.getHeader("typ"))) {
                return new Verified.Refused("not an ingest receipt");
            }
            jws.setKey(key.getKey());
            if (!jws.verifySignature()) {
                return new Verified.Refused("the signature does not match");
            }
            return new Verified.Ok(IngestReceipt.read(jws.getPayloadBytes()), kid);
        } catch (JoseException | IOException broken) {
            return new Verified.Refused("not a receipt");
        }
    }
}
