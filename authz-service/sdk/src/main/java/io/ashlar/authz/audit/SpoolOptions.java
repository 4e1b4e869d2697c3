package io.ashlar.authz.audit;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a spool lives and how large it may get.
 *
 * @param directory its own directory, made if absent; one process at a time
 * @param segmentBytes size of one file, 64 KiB to 256 MiB; a record must fit into one
 * @param segmentsMax how many files at most, 2 or more; the spool is full when the last is full
 * @param patience how long an append waits for room before it is refused
 * @param mergeWindow how long equal records are counted into one; zero merges nothing
 */
public record SpoolOptions(Path directory, int segmentBytes, int segmentsMax, Duration patience, Duration mergeWindow) {

    private static final int SEGMENT_BYTES_MIN = 64 << 10;
    private static final int SEGMENT_BYTES_MAX = 256 << 20;

    public SpoolOptions {
        if (segmentBytes < SEGMENT_BYTES_MIN || segmentBytes > SEGMENT_BYTES_MAX) {
            throw new IllegalArgumentException("segmentBytes must be 64 KiB to 256 MiB, is " + segmentBytes);
        }
        if (segmentsMax < 2) {
            throw new IllegalArgumentException("segmentsMax must be 2 or more, is " + segmentsMax);
        }
        if (patience.isNegative() || mergeWindow.isNegative()) {
            throw new IllegalArgumentException("patience and mergeWindow must not be negative");
        }
        segmentBytes = segmentBytes & ~7;
    }

    /** 64 files of 4 MiB, 250 ms of patience, equal records of one second merged. */
    public static SpoolOptions of(Path directory) {
        return new SpoolOptions(directory, 4 << 20, 64, Duration.ofMillis(250), Duration.ofSeconds(1));
    }
}
