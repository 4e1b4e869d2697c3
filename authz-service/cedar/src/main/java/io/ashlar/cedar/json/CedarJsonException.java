package io.ashlar.cedar.json;

/** JSON is not what Cedar's formats say. */
public final class CedarJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    CedarJsonException(String message, String pointer) {
        super(pointer.isEmpty() ? message : pointer + ": " + message);
        this.pointer = pointer;
    }

    /** Where, as a JSON Pointer (RFC 6901); empty for the whole. */
    public String pointer() {
        return pointer;
    }
}
