package io.ashlar.export.receipt;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is signed. Immutable.
 *
 * @param exportId the export
 * @param tenant whose data it is
 * @param source the data set
 * @param format {@code csv}
 * @param queryHash what filter-service says identifies the resolved query
 * @param asOf the instant the rows speak of
 * @param rows data rows, the heading not counted
 * @param bytes length of the file
 * @param parts the parts in order; their lengths add up to {@code bytes}
 * @param sha256 digest of the whole file, {@code sha256:<hex>}
 * @param columnSums exact sum of each int64 and decimal column that the caller may see, as decimal text
 * @param masked fields whose values were withheld
 * @param datasetVersion version of the data set's declaration
 * @param policyVersion version of the policies that decided
 * @param fidelity where the file differs from the stored values
 * @param createdAt when the receipt was signed, microseconds
 */
public record Receipt(
        UUID exportId,
        UUID tenant,
        String source,
        String format,
        String queryHash,
        AsOf asOf,
        long rows,
        long bytes,
        List<Part> parts,
        String sha256,
        Map<String, String> columnSums,
        List<String> masked,
        long datasetVersion,
        long policyVersion,
        List<Fidelity> fidelity,
        Instant createdAt) {

    /** The payload's version, its field {@code v}. */
    public static final int VERSION = 1;

    public Receipt {
        parts = List.copyOf(parts);
        columnSums = Collections.unmodifiableMap(new TreeMap<>(columnSums));
        masked = List.copyOf(masked);
        fidelity = List.copyOf(fidelity);
        Digests.require(sha256);
        if (rows < 0) {
            throw new IllegalArgumentException("rows " + rows);
        }
        long sum = parts.stream().mapToLong(Part::bytes).sum();
        if (sum != bytes) {
            throw new IllegalArgumentException("the parts have " + sum + " bytes, the file " + bytes);
        }
    }
}
