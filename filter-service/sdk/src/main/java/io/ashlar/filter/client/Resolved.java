package io.ashlar.filter.client;

import java.time.Instant;
import java.util.List;

/**
 * A query that was validated, authorized and sealed, for the router to run.
 *
 * @param sealed the seal's text; goes into the body of a router call
 * @param expiresAt the router refuses the seal from then on; resolve again for each attempt
 * @param queryHash {@code sha256:…} of the client's query: filter, sort, fields and time zone
 * @param datasetVersion the version it was resolved against
 * @param policyVersion of the tenant's policies
 * @param fields what a row holds, in order
 * @param masked fields that were asked for but are withheld, sorted
 */
public record Resolved(
        String sealed,
        Instant expiresAt,
        String queryHash,
        long datasetVersion,
        long policyVersion,
        List<ResolvedField> fields,
        List<String> masked) {

    public Resolved {
        fields = List.copyOf(fields);
        masked = List.copyOf(masked);
    }

    /**
     * A field of each row.
     *
     * @param type the wire name of a dataset's field type: {@code string}, {@code int64}, …
     */
    public record ResolvedField(String name, String type) {}
}
