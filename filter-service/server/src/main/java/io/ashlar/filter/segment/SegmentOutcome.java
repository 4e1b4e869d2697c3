package io.ashlar.filter.segment;

import io.ashlar.filter.dsl.Fault;
import java.util.List;

/** What came of writing a segment. */
sealed interface SegmentOutcome {

    /** It stands as asked for. */
    record Written(SavedSegment segment) implements SegmentOutcome {}

    record Deleted() implements SegmentOutcome {}

    /** There is none that the caller may use. */
    record Absent() implements SegmentOutcome {}

    /** The precondition does not hold. */
    record Stale() implements SegmentOutcome {}

    /** The tenant has as many segments as it may have. */
    record OverQuota(long limit) implements SegmentOutcome {}

    /** It does not fit its dataset, or what it speaks of. */
    record Faulty(List<Fault> faults) implements SegmentOutcome {

        public Faulty {
            faults = List.copyOf(faults);
        }
    }

    /** Segments that others rely on speak of it. */
    record InUse(List<SavedSegment> users) implements SegmentOutcome {

        public InUse {
            users = List.copyOf(users);
        }
    }
}
