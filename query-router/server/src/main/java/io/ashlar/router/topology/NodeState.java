package io.ashlar.router.topology;

import io.ashlar.router.node.Node;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a node was when it was last asked. */
public sealed interface NodeState {

    Node node();

    /**
     * It takes writes. Whether it is <em>the</em> primary is the topology's to say.
     *
     * @param insertLsn end of what has been put into the log, in bytes
     */
    record Primary(Node node, int timeline, long insertLsn) implements NodeState {}

    /**
     * It replays.
     *
     * @param replayLsn end of what has been replayed, in bytes
     * @param freshAtNanos it has everything that was committed before this {@link System#nanoTime()}; null if unknown
     */
    record Replica(
            Node node,
            int timeline,
            long replayLsn,
            @Nullable Long freshAtNanos) implements NodeState {

        /** The greatest age its data can have, in nanoseconds; empty if unknown. */
        public OptionalLong lagNanos(long nowNanos) {
            Long freshAt = freshAtNanos;
            return freshAt == null ? OptionalLong.empty() : OptionalLong.of(Math.max(0, nowNanos - freshAt));
        }
    }

    /**
     * It cannot be read from.
     *
     * @param reason one word: {@code connect}, {@code timeout}, {@code starting}, {@code other_system}, …
     */
    record Unreachable(Node node, String reason) implements NodeState {}
}
