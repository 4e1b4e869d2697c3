package io.ashlar.authz.audit;

/** The spool's files cannot be used: held by another process, damaged, or the disk refuses. The message names the file. */
public final class SpoolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SpoolException(String message) {
        super(message);
    }

    SpoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
