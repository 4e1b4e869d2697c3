package io.ashlar.export.receipt;

import java.util.List;

/** What a verifier found. */
public sealed interface Verdict {

    /**
     * The file is, byte for byte, what the receipt says, and the receipt is signed with a trusted key.
     *
     * @param receipt what was signed
     * @param kid the key
     */
    record Genuine(Receipt receipt, String kid) implements Verdict {}

    /**
     * The file or the receipt was altered, cut short or mixed up.
     *
     * @param differences everything that differs, at least one
     */
    record Different(List<Difference> differences) implements Verdict {
        public Different {
            differences = List.copyOf(differences);
            if (differences.isEmpty()) {
                throw new IllegalArgumentException("different in nothing");
            }
        }
    }

    /**
     * Nothing can be said: the receipt or the key set is not one.
     *
     * @param reason for people
     */
    record Unreadable(String reason) implements Verdict {}
}
