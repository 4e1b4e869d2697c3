package io.ashlar.router.topology;

import io.ashlar.router.node.Node;
import io.ashlar.router.topology.NodeState.Primary;
import io.ashlar.router.topology.NodeState.Replica;
import io.ashlar.router.topology.NodeState.Unreachable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Puts single answers together to a {@link Topology}. Knows no clock and no network: what time it was comes with each
 * answer. Thread-safe.
 */
final class Picture {

    private final LagSamples samples = new LagSamples();
    private final long lagIntervalNanos;
    private final Map<Node, NodeState> states = new LinkedHashMap<>();
    private @Nullable String systemId;
    private int timeline;
    private Map<Integer, Long> ended = Map.of();
    private int endedOf;
    private volatile Topology current = Topology.UNKNOWN;

    Picture(@Nullable String systemId, long lagIntervalNanos) {
        this.systemId = systemId;
        this.lagIntervalNanos = lagIntervalNanos;
    }

    Topology current() {
        return current;
    }

    synchronized @Nullable String systemId() {
        return systemId;
    }

    /** Keeps what is known of nodes that stay. */
    synchronized void nodes(List<Node> nodes) {
        Map<Node, NodeState> kept = new LinkedHashMap<>();
        nodes.forEach(node -> kept.put(node, states.getOrDefault(node, new Unreachable(node, "unasked"))));
        states.clear();
        states.putAll(kept);
        publish();
    }

    synchronized void failed(Node node, String reason) {
        if (states.containsKey(node)) {
            states.put(node, new Unreachable(node, reason));
            publish();
        }
    }

    synchronized void answered(Node node, NodeReport report) {
        if (!states.containsKey(node)) {
            return;
        }
        if (systemId == null) {
            systemId = report.systemId();
        }
        if (!report.systemId().equals(systemId)) {
            failed(node, "other_system");
            return;
        }
        if (report.timeline() > timeline) {
            timeline = report.timeline();
            samples.clear();
        }
        if (report.inRecovery()) {
            states.put(node, new Replica(node, report.timeline(), report.lsn(), freshAt(report)));
        } else {
            states.put(node, new Primary(node, report.timeline(), report.lsn()));
            remember(node, report);
        }
        publish();
    }

    /** What a read just proved: positions grow between probes. */
    synchronized void proven(Node node, int ofTimeline, long replayLsn) {
        if (states.get(node) instanceof Replica known
                && known.timeline() == ofTimeline
                && known.replayLsn() < replayLsn) {
            OptionalLong freshAt = samples.freshAtNanos(replayLsn);
            states.put(
                    node,
                    new Replica(
                            node,
                            ofTimeline,
                            replayLsn,
                            freshAt.isPresent() ? Long.valueOf(freshAt.getAsLong()) : known.freshAtNanos()));
            publish();
        }
    }

    /** Where the ancestors of the youngest timeline were left. */
    synchronized void history(int ofTimeline, Map<Integer, Long> points) {
        if (ofTimeline >= timeline) {
            timeline = ofTimeline;
            ended = Map.copyOf(points);
            endedOf = ofTimeline;
            publish();
        }
    }

    /** Whether the youngest timeline has ancestors that are not known yet. */
    synchronized boolean historyMissing() {
        return timeline > 1 && endedOf != timeline;
    }

    /** The newest time whose commits a position of the youngest timeline holds; empty if unknown. */
    OptionalLong freshAtNanos(long lsn) {
        return samples.freshAtNanos(lsn);
    }

    private @Nullable Long freshAt(NodeReport report) {
        if (report.timeline() != timeline) {
            return null;
        }
        OptionalLong freshAt = samples.freshAtNanos(report.lsn());
        return freshAt.isPresent() ? Long.valueOf(freshAt.getAsLong()) : null;
    }

    private void remember(Node node, NodeReport report) {
        OptionalLong newest = samples.newestNanos();
        boolean due = newest.isEmpty() || report.askedAtNanos() - newest.getAsLong() >= lagIntervalNanos;
        if (due
                && Topology.leader(List.copyOf(states.values()), timeline) instanceof Leader.One(Primary leader)
                && leader.node().equals(node)) {
            samples.remember(report.askedAtNanos(), report.lsn());
        }
    }

    private void publish() {
        List<NodeState> all = List.copyOf(states.values());
        current = new Topology(all, Topology.leader(all, timeline), timeline, ended, current.revision() + 1);
    }
}
