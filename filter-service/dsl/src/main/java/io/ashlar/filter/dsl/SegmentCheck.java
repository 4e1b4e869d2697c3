package io.ashlar.filter.dsl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Puts stored filters in the place of their ids. A stored filter is checked like the caller's own, with the caller's
 * eyes: what the caller may not see does not exist in it either. Bounded, so that segments of segments cannot grow
 * without end. Not thread-safe; for one query.
 */
final class SegmentCheck {

    /** Segments that a query stands for, those inside segments counted. */
    static final int MAX = 50;

    /** Segments inside segments. */
    static final int MAX_DEPTH = 4;

    private final Scope scope;
    private final Set<String> visible;
    private final Setting setting;
    private final Deque<String> open = new ArrayDeque<>(MAX_DEPTH);
    private int resolved;

    SegmentCheck(Scope scope, Set<String> visible, Setting setting) {
        this.scope = scope;
        this.visible = visible;
        this.setting = setting;
    }

    /** What the id stands for; after a fault, nothing that counts. */
    Filter resolve(String id, Faults faults, String pointer) {
        Filter stored = setting.segments().find(id);
        if (stored == null) {
            faults.add(FaultCode.UNKNOWN_SEGMENT, pointer, "There is no such segment.");
            return Filter.none();
        }
        if (open.contains(id) || open.size() == MAX_DEPTH || ++resolved > MAX) {
            faults.add(
                    FaultCode.SEGMENT_INVALID,
                    pointer,
                    "Segments may stand in segments " + MAX_DEPTH + " deep, " + MAX
                            + " in all, and not in themselves.");
            return Filter.none();
        }
        open.push(id);
        Faults inside = new Faults();
        Filter checked =
                FilterCheck.ofSegment(scope, visible, setting, inside, this).node(stored);
        open.pop();
        if (!inside.none()) {
            faults.add(
                    FaultCode.SEGMENT_INVALID,
                    pointer,
                    "The segment does not fit this dataset, or what you may see of it.");
        }
        return checked;
    }
}
