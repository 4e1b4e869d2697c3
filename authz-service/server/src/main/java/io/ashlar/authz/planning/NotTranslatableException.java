package io.ashlar.authz.planning;

import io.ashlar.cedar.syntax.Span;

/** Ends the translation of one policy; caught by {@link Planner}, which goes on to the next to name all. */
final class NotTranslatableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Span at;

    /** What stands where in the policy's text. */
    NotTranslatableException(Span at, String message) {
        super(message, null, false, false);
        this.at = at;
    }

    Span at() {
        return at;
    }
}
