package io.ashlar.router.topology;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while any server can be read: without a primary, or without a replica, the router is degraded, not down. */
@Readiness
@Singleton
final class TopologyHealth implements HealthCheck {

    private final TopologyWatch watch;

    TopologyHealth(TopologyWatch watch) {
        this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
        Topology topology = watch.topology();
        int replicas = topology.replicas().size();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("topology")
                .withData("replicas", replicas)
                .withData("timeline", topology.timeline());
        for (NodeState state : topology.nodes()) {
            if (state instanceof NodeState.Unreachable unreachable) {
                answer.withData("missing." + unreachable.node().name(), unreachable.reason());
            }
        }
        return switch (topology.leader()) {
            case Leader.One one ->
                answer.withData("primary", one.primary().node().name())
                        .withData("degraded", replicas == 0 && topology.nodes().size() > 1)
                        .up()
                        .build();
            case Leader.None none ->
                answer.withData("primary", "missing")
                        .withData("degraded", true)
                        .status(replicas > 0)
                        .build();
            case Leader.Forked forked ->
                answer.withData("primary", "forked").down().build();
        };
    }
}
