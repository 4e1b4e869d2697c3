package io.ashlar.export.receipt;

/**
 * One thing in which a file, or its receipt, is not what was signed.
 *
 * @param kind what differs
 * @param expected what the receipt says
 * @param found what was found
 */
public record Difference(Kind kind, String expected, String found) {

    /** What can differ. */
    public enum Kind {
        /** The receipt's signature does not fit its payload. */
        SIGNATURE,
        /** The receipt is signed with a key that is not in the key set. */
        KEY,
        /** The file's length. */
        BYTES,
        /** The digest of the whole file. */
        SHA256,
        /** The digest of one part, named in {@link Difference#expected()}. */
        PART,
        /** The number of data rows of a CSV file. */
        ROWS
    }
}
