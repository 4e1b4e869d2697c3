package io.ashlar.router.topology;

import io.ashlar.router.node.Node;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** {@code ashlar_router_nodes}, {@code ashlar_router_primaries}, {@code ashlar_router_timeline}, {@code ashlar_router_lag_seconds}. */
@Singleton
@Startup
final class TopologyMetrics {

    private final TopologyWatch watch;
    private final MultiGauge lag;
    private Set<String> known = Set.of();

    TopologyMetrics(TopologyWatch watch, MeterRegistry registry) {
        this.watch = watch;
        Gauge.builder("ashlar.router.nodes.reachable", watch, w -> w.topology().nodes().stream()
                        .filter(state -> !(state instanceof NodeState.Unreachable))
                        .count())
                .description("Nodes that answer, whatever their role")
                .register(registry);
        Gauge.builder("ashlar.router.primaries", watch, w -> switch (w.topology()
                        .leader()) {
                    case Leader.None none -> 0;
                    case Leader.One one -> 1;
                    case Leader.Forked forked -> forked.primaries().size();
                })
                .description("Primaries on the youngest timeline: 1 is right, 2 is a fork that needs a person at once")
                .register(registry);
        Gauge.builder("ashlar.router.timeline", watch, w -> w.topology().timeline())
                .description("The youngest timeline seen")
                .register(registry);
        this.lag = MultiGauge.builder("ashlar.router.lag")
                .baseUnit("seconds")
                .description("The greatest age a replica's data can have; NaN if unknown")
                .register(registry);
        watch.onPicture(this::follow);
    }

    private synchronized void follow(Topology topology) {
        List<Node> nodes = topology.nodes().stream().map(NodeState::node).toList();
        Set<String> names = nodes.stream().map(Node::name).collect(Collectors.toUnmodifiableSet());
        if (!names.equals(known)) {
            known = names;
            lag.register(
                    nodes.stream()
                            .map(node -> MultiGauge.Row.of(Tags.of("node", node.name()), () -> lagSeconds(node)))
                            .toList(),
                    true);
        }
    }

    private double lagSeconds(Node node) {
        for (NodeState state : watch.topology().nodes()) {
            if (state instanceof NodeState.Replica replica && replica.node().equals(node)) {
                OptionalLong nanos = replica.lagNanos(System.nanoTime());
                return nanos.isPresent() ? nanos.getAsLong() / (double) TimeUnit.SECONDS.toNanos(1) : Double.NaN;
            }
            if (state instanceof NodeState.Primary primary && primary.node().equals(node)) {
                return 0;
            }
        }
        return Double.NaN;
    }
}
