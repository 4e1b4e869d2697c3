package io.ashlar.cedar.syntax;

/** Reading cannot go on here; becomes a fault of {@link SyntaxException}. */
final class ReadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Span at;

    ReadException(String message, Span at) {
        super(message, null, false, false);
        this.at = at;
    }

    Span at() {
        return at;
    }
}
