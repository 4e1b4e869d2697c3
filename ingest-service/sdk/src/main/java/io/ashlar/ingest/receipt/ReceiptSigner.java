package io.ashlar.ingest.receipt;

import java.nio.charset.StandardCharsets;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Signs receipts with the first key of a set. Thread-safe. */
public final class ReceiptSigner {

    /** The {@code typ} of the JWS. */
    public static final String TYPE = "ashlar-ingest-receipt";

    private final ReceiptKeys keys;

    public ReceiptSigner(ReceiptKeys keys) {
        this.keys = keys;
    }

    /** A compact JWS over the receipt's bytes. */
    public String sign(IngestReceipt receipt) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        jws.setHeader("typ", TYPE);
        jws.setKeyIdHeaderValue(keys.activeKid());
        jws.setKey(keys.activeKey());
        jws.setPayload(new String(receipt.write(), StandardCharsets.UTF_8));
        try {
            return jws.getCompactSerialization();
        } catch (JoseException failed) {
            throw new IllegalStateException("cannot sign with " + keys, failed);
        }
    }
}
