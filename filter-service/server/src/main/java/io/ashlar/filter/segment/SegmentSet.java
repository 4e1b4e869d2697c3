package io.ashlar.filter.segment;

import io.ashlar.filter.dsl.Segments;

/**
 * What the segments of one query stand for.
 *
 * @param segments those that the caller may use
 * @param fingerprint changes with the content of any of them, and with which of them the caller may use; empty without any
 */
public record SegmentSet(Segments segments, String fingerprint) {

    /** For a query that speaks of none. */
    public static final SegmentSet NONE = new SegmentSet(Segments.NONE, "");
}
