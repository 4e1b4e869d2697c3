package io.ashlar.export.store;

import io.ashlar.export.receipt.Part;
import java.util.List;

/**
 * A file in the bucket.
 *
 * @param key where
 * @param bytes its length
 * @param parts as they were sent
 * @param sha256 digest of the whole
 */
public record StoredFile(String key, long bytes, List<Part> parts, String sha256) {

    public StoredFile {
        parts = List.copyOf(parts);
    }
}
