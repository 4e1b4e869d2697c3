package io.ashlar.ingest.load;

import io.ashlar.ingest.IngestError;

/**
 * A record, or with index -1 a whole chunk, that cannot be stored.
 *
 * @param span the chunk
 * @param index the record's index in its request
 * @param records how many records that is
 * @param reason why
 * @param detail a sentence; no SQL, no value
 */
record DeadRecord(ChunkSpan span, int index, int records, IngestError reason, String detail) {}
