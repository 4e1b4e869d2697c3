package io.ashlar.ingest.accept;

import io.ashlar.ingest.receipt.IngestReceipt;
import io.ashlar.ingest.receipt.ReceiptKeys;
import io.ashlar.ingest.receipt.ReceiptSigner;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** Signs receipts with the configured keys. Made at start, so that a key that is none stops it. */
@Startup
@ApplicationScoped
class ReceiptBook {

    private final ReceiptSigner signer;
    private final String jwks;

    ReceiptBook(ReceiptConfig config) {
        ReceiptKeys keys = ReceiptKeys.parse(config.keys());
        this.signer = new ReceiptSigner(keys);
        this.jwks = keys.jwks();
    }

    String sign(IngestReceipt receipt) {
        return signer.sign(receipt);
    }

    /** The public keys. */
    String jwks() {
        return jwks;
    }
}
