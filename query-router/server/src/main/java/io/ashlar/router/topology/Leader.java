package io.ashlar.router.topology;

import java.util.List;

/** Who may be written to, and read from for {@code strong}. */
public sealed interface Leader {

    /** Exactly one, on the youngest timeline ever seen. */
    record One(NodeState.Primary primary) implements Leader {}

    /** None answers, or only one that was left behind by a promotion. */
    record None() implements Leader {}

    /** Two on the youngest timeline: the data has forked, and nobody can say which half is right. */
    record Forked(List<NodeState.Primary> primaries) implements Leader {

        public Forked {
            primaries = List.copyOf(primaries);
        }
    }
}
