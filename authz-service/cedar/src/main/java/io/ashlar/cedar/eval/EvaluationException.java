package io.ashlar.cedar.eval;

import io.ashlar.cedar.syntax.Span;

/** An expression has no value. Made and caught within a decision, so without a stack trace. */
final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Span at;

    EvaluationException(String message, Span at) {
        super(message, null, false, false);
        this.at = at;
    }

    Span at() {
        return at;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
