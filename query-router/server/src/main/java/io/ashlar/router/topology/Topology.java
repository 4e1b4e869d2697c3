package io.ashlar.router.topology;

import io.ashlar.router.node.Node;
import io.ashlar.router.token.SwitchPoints;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The cluster at one instant. Immutable.
 *
 * @param nodes all that are configured or were resolved, in that order
 * @param timeline the youngest ever seen, 0 before the first
 * @param ended by timeline, where it was left for the one after it, in bytes of log
 * @param revision counts pictures, for whoever waits for news
 */
public record Topology(List<NodeState> nodes, Leader leader, int timeline, Map<Integer, Long> ended, long revision) {

    /** Before anything was asked. */
    static final Topology UNKNOWN = new Topology(List.of(), new Leader.None(), 0, Map.of(), 0);

    public Topology {
        nodes = List.copyOf(nodes);
        ended = Map.copyOf(ended);
    }

    /** Where timelines ended, as the merge of tokens asks. */
    public SwitchPoints switchPoints() {
        return timeline -> {
            Long lsn = ended.get(timeline);
            return lsn == null ? OptionalLong.empty() : OptionalLong.of(lsn);
        };
    }

    /** Replicas that replay the youngest timeline, in order. */
    public List<NodeState.Replica> replicas() {
        return nodes.stream()
                .filter(NodeState.Replica.class::isInstance)
                .map(NodeState.Replica.class::cast)
                .filter(replica -> replica.timeline() == timeline)
                .toList();
    }

    /** Whether there is a server beside {@code node} that could ever be read. */
    public boolean alone(Node node) {
        return nodes.size() == 1 && nodes.getFirst().node().equals(node);
    }

    /** Who leads, given all states and the youngest timeline ever seen. */
    static Leader leader(List<NodeState> nodes, int timeline) {
        List<NodeState.Primary> primaries = nodes.stream()
                .filter(NodeState.Primary.class::isInstance)
                .map(NodeState.Primary.class::cast)
                .filter(primary -> primary.timeline() == timeline)
                .toList();
        return switch (primaries.size()) {
            case 0 -> new Leader.None();
            case 1 -> new Leader.One(primaries.getFirst());
            default -> new Leader.Forked(primaries);
        };
    }
}
