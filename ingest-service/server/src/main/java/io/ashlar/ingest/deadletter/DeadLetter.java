package io.ashlar.ingest.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One dead letter.
 *
 * @param id of this list
 * @param topic where the record stands on the log
 * @param recordIndex in its request; absent if the whole chunk is dead
 * @param records how many records that is
 * @param reason a code
 * @param detail a sentence
 * @param payload the record as JSON as it stood on the log, or {@code base64:} and the chunk's beginning
 */
record DeadLetter(
        long id,
        String topic,
        int partition,
        long offset,
        @Nullable Integer recordIndex,
        int records,
        @Nullable String producer,
        @Nullable String batchKey,
        String reason,
        String detail,
        String payload,
        Instant deadAt) {}
