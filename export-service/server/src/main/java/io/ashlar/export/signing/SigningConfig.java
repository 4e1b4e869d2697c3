package io.ashlar.export.signing;

import io.smallrye.config.ConfigMapping;

/** Receipts. */
@ConfigMapping(prefix = "ashlar.export.receipt")
public interface SigningConfig {

    /** {@code kid:seed,kid:seed}: Ed25519 seeds of 32 bytes in base64url, the active one first. */
    String keys();
}
