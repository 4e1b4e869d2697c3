package io.ashlar.export.receipt;

import io.ashlar.export.receipt.Difference.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Key;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.CompactSerializer;
import org.jose4j.lang.JoseException;

/**
 * Checks a file against its receipt, offline: nothing but the file, the receipt and a key set that the caller trusts.
 * Thread-safe; memory does not grow with the file.
 */
public final class ReceiptVerifier {

    /** A receipt of 10,000 parts, S3's limit, stays below. */
    static final int RECEIPT_BYTES_MAX = 4 * 1024 * 1024;

    private ReceiptVerifier() {}

    /**
     * Compares.
     *
     * @param file the exported file
     * @param receipt the compact JWS, blanks around it do not matter
     * @param jwks the key set, JSON (RFC 7517)
     * @throws IOException if the file cannot be read
     */
    public static Verdict verify(Path file, String receipt, String jwks) throws IOException {
        String compact = receipt.strip();
        if (compact.length() > RECEIPT_BYTES_MAX) {
            return new Verdict.Unreadable("the receipt is larger than " + RECEIPT_BYTES_MAX + " bytes");
        }
        try {
            return judge(file, compact, TrustedKeys.read(jwks));
        } catch (ReceiptFormatException e) {
            return new Verdict.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static Verdict judge(Path file, String compact, TrustedKeys keys)
            throws IOException, ReceiptFormatException {
        JsonWebSignature jws = parse(compact);
        List<Difference> differences = new ArrayList<>();
        String kid = jws.getKeyIdHeaderValue();
        Key key = keys.find(kid);
        if (key == null) {
            differences.add(new Difference(Kind.KEY, "a key of the given key set", String.valueOf(kid)));
        } else if (!signed(jws, key)) {
            differences.add(new Difference(Kind.SIGNATURE, "a signature by " + kid, "another payload or signature"));
        }
        Receipt claimed = ReceiptJson.read(payload(compact));
        compare(claimed, FileFacts.of(file, claimed.parts()), differences);
        return differences.isEmpty()
                ? new Verdict.Genuine(claimed, String.valueOf(kid))
                : new Verdict.Different(differences);
    }

    private static JsonWebSignature parse(String compact) throws ReceiptFormatException {
        JsonWebSignature jws = new JsonWebSignature();
        // One algorithm only: a receipt must not choose how it is checked (RFC 8725, 3.1).
        jws.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA));
        try {
            jws.setCompactSerialization(compact);
        } catch (JoseException e) {
            throw new ReceiptFormatException("the receipt is no compact JWS", e);
        }
        if (!ReceiptKeys.TYPE.equals(jws.getHeader("typ"))) {
            throw new ReceiptFormatException("this JWS is no export receipt (typ " + jws.getHeader("typ") + ")", null);
        }
        return jws;
    }

    private static boolean signed(JsonWebSignature jws, Key key) {
        jws.setKey(key);
        try {
            return jws.verifySignature();
        } catch (JoseException e) {
            // A key of another kind or a signature of another length: not signed by this key.
            return false;
        }
    }

    /** The payload whether or not the signature fits, so that all differences can be named. */
    private static byte[] payload(String compact) throws ReceiptFormatException {
        try {
            return Base64.getUrlDecoder().decode(CompactSerializer.deserialize(compact)[1]);
        } catch (IllegalArgumentException e) {
            throw new ReceiptFormatException("the receipt's payload is not base64url", e);
        }
    }

    private static void compare(Receipt claimed, FileFacts found, List<Difference> differences) {
        if (claimed.bytes() != found.bytes()) {
            differences.add(new Difference(Kind.BYTES, claimed.bytes() + " bytes", found.bytes() + " bytes"));
        }
        if (!claimed.sha256().equals(found.sha256())) {
            differences.add(new Difference(Kind.SHA256, claimed.sha256(), found.sha256()));
        }
        for (int i = 0; i < claimed.parts().size(); i++) {
            Part part = claimed.parts().get(i);
            String digest = i < found.parts().size() ? found.parts().get(i) : "nothing";
            if (!part.sha256().equals(digest)) {
                differences.add(new Difference(Kind.PART, "part " + part.n() + " " + part.sha256(), digest));
            }
        }
        // The heading is a record, too.
        long rows = found.csvRecords() - 1;
        if (claimed.format().equals("csv") && claimed.rows() != rows) {
            differences.add(new Difference(Kind.ROWS, claimed.rows() + " rows", rows + " rows"));
        }
    }
}
