package io.ashlar.ingest.accept;

import io.smallrye.config.ConfigMapping;

/** Keys that sign receipts. */
@ConfigMapping(prefix = "ashlar.ingest.receipt")
interface ReceiptConfig {

    /** {@code kid:base64,kid:base64}, seeds of 32 bytes; the first signs, all are published. */
    String keys();
}
