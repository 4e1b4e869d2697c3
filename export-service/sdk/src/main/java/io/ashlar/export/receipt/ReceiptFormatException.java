package io.ashlar.export.receipt;

import org.jspecify.annotations.Nullable;

/** A receipt, or a key set, that cannot be read. */
final class ReceiptFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    ReceiptFormatException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
