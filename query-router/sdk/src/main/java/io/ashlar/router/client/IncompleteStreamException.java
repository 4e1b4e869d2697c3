package io.ashlar.router.client;

import java.io.IOException;

/** A stream ended without a trailer that proves it whole. What was read of it is to be thrown away. */
public final class IncompleteStreamException extends IOException {

    private static final long serialVersionUID = 1L;

    IncompleteStreamException(String message) {
        super(message);
    }

    IncompleteStreamException(String message, Throwable cause) {
        super(message, cause);
    }
}
