package io.ashlar.filter.cursor;

/** What opening a cursor came to. */
public sealed interface Opened {

    record Ok(CursorState state) implements Opened {}

    /** For the log and a metric; a client is told {@code cursor_expired} or {@code cursor_invalid} and no more. */
    record Invalid(Reason reason) implements Opened {}

    /** Why a cursor was refused. */
    enum Reason {
        /** Not the spelling of a cursor. */
        MALFORMED,
        /** Sealed with a key that is no longer, or not yet, known. */
        UNKNOWN_KEY,
        /** Changed, or made for another tenant, dataset, version or query; the two cannot be told apart. */
        NOT_AUTHENTIC,
        EXPIRED
    }
}
