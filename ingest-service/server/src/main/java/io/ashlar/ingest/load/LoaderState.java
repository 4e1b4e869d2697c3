package io.ashlar.ingest.load;

import java.util.List;

/**
 * The loader at one instant.
 *
 * @param assigned partitions the group gave to this instance
 * @param lost of these, those it may not write now
 * @param stuck of these, those whose next offset is not on the log any more
 */
record LoaderState(int assigned, List<Integer> lost, List<Integer> stuck) {}
