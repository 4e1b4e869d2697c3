package io.ashlar.router.choice;

import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.LogPosition;
import io.ashlar.router.topology.Topology;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a token asks of a node on the youngest timeline. */
sealed interface Required {

    /**
     * This much of the log, and these offsets.
     *
     * @param lsn in bytes; 0 asks for nothing
     * @param offsets by topic and partition, the next offset to be loaded
     */
    record Position(long lsn, Map<String, Map<Integer, Long>> offsets) implements Required {

        static final Position NOTHING = new Position(0, Map.of());
    }

    /** A timeline that this router has not heard of yet. */
    record Younger() implements Required {}

    /** A position that no timeline since has carried on, or one whose end is unknown. */
    record Lost() implements Required {}

    /**
     * What {@code token} asks in the light of {@code topology}. A position of an older timeline counts iff it is at or
     * before the point where that timeline was left.
     */
    static Required of(@Nullable ConsistencyToken token, int incarnation, Topology topology) {
        if (token == null) {
            return Position.NOTHING;
        }
        if (token.incarnation() != incarnation) {
            return new Lost();
        }
        long lsn = 0;
        for (LogPosition position : token.positions()) {
            if (position.timeline() > topology.timeline()) {
                return new Younger();
            }
            Long end = position.timeline() == topology.timeline()
                    ? Long.valueOf(Long.MAX_VALUE)
                    : topology.ended().get(position.timeline());
            if (end == null || position.lsn() > end) {
                return new Lost();
            }
            lsn = Math.max(lsn, position.lsn());
        }
        return new Position(lsn, token.offsets());
    }
}
