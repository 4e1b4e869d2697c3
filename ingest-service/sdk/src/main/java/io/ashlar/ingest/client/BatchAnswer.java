package io.ashlar.ingest.client;

import io.ashlar.filter.dsl.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch.
 *
 * @param batchKey the batch's key, made by the server if none was sent
 * @param accepted records on the log
 * @param rejected records that were refused, with all their faults
 * @param receipt a compact JWS, verified by {@link io.ashlar.ingest.receipt.ReceiptVerifier}
 * @param token a consistency token: reads with it see the batch
 */
public record BatchAnswer(
        String batchKey,
        int accepted,
        List<Rejected> rejected,
        @Nullable String receipt,
        @Nullable String token) {

    /** A refused record; {@code index} is its place in the request. */
    public record Rejected(int index, List<Fault> errors) {
        public Rejected {
            errors = List.copyOf(errors);
        }
    }

    public BatchAnswer {
        rejected = List.copyOf(rejected);
    }
}
