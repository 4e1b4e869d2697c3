package io.ashlar.export.queue;

import org.jspecify.annotations.Nullable;

/** What became of an attempt. */
public sealed interface Outcome {

    /**
     * The job is done.
     *
     * @param rows data rows of the result
     * @param bytes its length
     * @param objectKey where it is stored, null if the job leaves no file
     * @param receipt its signed receipt, null if there is none
     */
    record Done(
            long rows,
            long bytes,
            @Nullable String objectKey,
            @Nullable String receipt) implements Outcome {

        /** Done, and nothing is left to fetch. */
        public static final Done WITHOUT_FILE = new Done(0, 0, null, null);
    }

    /**
     * It may succeed next time.
     *
     * @param code stable name of the reason
     * @param detail in words, shown to the tenant
     */
    record Retry(String code, String detail) implements Outcome {}

    /**
     * It would fail again: no further attempt.
     *
     * @param code stable name of the reason
     * @param detail in words, shown to the tenant
     */
    record Failed(String code, String detail) implements Outcome {}
}
