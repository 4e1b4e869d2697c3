package io.ashlar.export.signing;

import io.ashlar.export.receipt.ReceiptKeys;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the configured key set once; a wrong one stops the start. */
final class SigningKeys {

    @Produces
    @Singleton
    ReceiptKeys keys(SigningConfig config) {
        return ReceiptKeys.parse(config.keys());
    }
}
