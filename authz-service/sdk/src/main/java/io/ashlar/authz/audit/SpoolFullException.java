package io.ashlar.authz.audit;

import java.time.Duration;

/** There was no room within the spool's patience. What could not be recorded must not be allowed. */
public final class SpoolFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SpoolFullException(Duration waited) {
        super("the audit spool is full; waited " + waited.toMillis() + " ms");
    }
}
