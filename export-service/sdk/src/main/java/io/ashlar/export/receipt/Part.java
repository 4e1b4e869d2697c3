package io.ashlar.export.receipt;

/**
 * One part of the file, in the order of the file.
 *
 * @param n number, from 1
 * @param bytes length in bytes, at least 1
 * @param sha256 digest of the part's bytes, {@code sha256:<hex>}
 */
public record Part(int n, long bytes, String sha256) {

    public Part {
        if (n < 1 || bytes < 1) {
            throw new IllegalArgumentException("part " + n + " of " + bytes + " bytes");
        }
        Digests.require(sha256);
    }
}
