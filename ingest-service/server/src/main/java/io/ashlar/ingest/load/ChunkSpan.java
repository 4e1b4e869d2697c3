package io.ashlar.ingest.load;

import io.ashlar.ingest.event.ChunkHeaders;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One chunk within a {@link RowBuffer}: where it came from, its records there, and what of it is dead already. */
final class ChunkSpan {

    final PartitionHold hold;
    final long offset;
    final long ingestedAtMicros;
    final @Nullable ChunkHeaders headers;
    final byte[] body;
    final int firstRecord;
    private final Context trace;
    private final List<DeadRecord> dead = new ArrayList<>();
    private int endRecord;
    private boolean skipped;

    ChunkSpan(
            PartitionHold hold,
            long offset,
            long ingestedAtMicros,
            @Nullable ChunkHeaders headers,
            byte[] body,
            Context trace,
            int firstRecord) {
        this.hold = hold;
        this.offset = offset;
        this.ingestedAtMicros = ingestedAtMicros;
        this.headers = headers;
        this.body = body;
        this.trace = trace;
        this.firstRecord = firstRecord;
        this.endRecord = firstRecord;
    }

    /** Of the request that brought the chunk. */
    Context traceContext() {
        return trace;
    }

    int endRecord() {
        return endRecord;
    }

    void endAt(int record) {
        endRecord = record;
    }

    int records() {
        return endRecord - firstRecord;
    }

    /** Found dead while decoding. */
    List<DeadRecord> dead() {
        return dead;
    }

    /** Loaded before, or dead as a whole: its records are passed over. */
    boolean skipped() {
        return skipped;
    }

    void skip() {
        skipped = true;
    }

    /** For another attempt at the same buffer. */
    void unskip() {
        skipped = false;
    }
}
