package io.ashlar.ingest.accept;

import io.ashlar.ingest.client.BatchAnswer.Rejected;
import io.ashlar.ingest.event.TelemetryRecord;
import java.util.List;

/**
 * A request as it was read.
 *
 * @param valid records that can be taken
 * @param rejected those that cannot, with all their faults
 */
record ReadBatch(List<TelemetryRecord> valid, List<Rejected> rejected) {
    ReadBatch {
        valid = List.copyOf(valid);
        rejected = List.copyOf(rejected);
    }
}
