package io.ashlar.authz.audit;

/**
 * A place between two records.
 *
 * @param segment sequence number of the file
 * @param offset byte in it
 */
record SpoolPosition(long segment, int offset) implements Comparable<SpoolPosition> {

    @Override
    public int compareTo(SpoolPosition other) {
        int bySegment = Long.compare(segment, other.segment);
        return bySegment != 0 ? bySegment : Integer.compare(offset, other.offset);
    }
}
