package io.ashlar.router.topology;

import io.ashlar.router.token.LogPosition;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The router's picture of the cluster, for people and for tests. */
@Path("/api/v1/topology")
@RolesAllowed("platform:service")
@Produces(MediaType.APPLICATION_JSON)
public final class TopologyResource {

    private final TopologyWatch watch;

    TopologyResource(TopologyWatch watch) {
        this.watch = watch;
    }

    /**
     * The cluster now.
     *
     * @param primary {@code one}, {@code none} or {@code forked}
     * @param ended LSN at which each ancestor of the timeline was left
     */
    public record TopologyView(String primary, int timeline, Map<String, String> ended, List<NodeView> nodes) {}

    /**
     * A node now.
     *
     * @param role {@code primary}, {@code replica} or {@code unreachable}
     * @param lagMs greatest age of a replica's data; absent if unknown
     * @param reason why it is unreachable
     */
    public record NodeView(
            String name,
            String address,
            String role,
            @Nullable Integer timeline,
            @Nullable String lsn,
            @Nullable Long lagMs,
            @Nullable String reason) {}

    @GET
    @Operation(summary = "The data cluster as the router sees it at this instant")
    public TopologyView topology() {
        Topology topology = watch.topology();
        Map<String, String> ended = new TreeMap<>();
        topology.ended().forEach((timeline, lsn) -> ended.put(timeline.toString(), LogPosition.lsnText(lsn)));
        long now = System.nanoTime();
        return new TopologyView(
                switch (topology.leader()) {
                    case Leader.One one -> "one";
                    case Leader.None none -> "none";
                    case Leader.Forked forked -> "forked";
                },
                topology.timeline(),
                ended,
                topology.nodes().stream().map(state -> view(state, now)).toList());
    }

    private static NodeView view(NodeState state, long nowNanos) {
        String name = state.node().name();
        String address = state.node().address();
        return switch (state) {
            case NodeState.Primary primary ->
                new NodeView(
                        name,
                        address,
                        "primary",
                        primary.timeline(),
                        LogPosition.lsnText(primary.insertLsn()),
                        0L,
                        null);
            case NodeState.Replica replica -> {
                OptionalLong lag = replica.lagNanos(nowNanos);
                yield new NodeView(
                        name,
                        address,
                        "replica",
                        replica.timeline(),
                        LogPosition.lsnText(replica.replayLsn()),
                        lag.isPresent() ? Long.valueOf(TimeUnit.NANOSECONDS.toMillis(lag.getAsLong())) : null,
                        null);
            }
            case NodeState.Unreachable unreachable ->
                new NodeView(name, address, "unreachable", null, null, null, unreachable.reason());
        };
    }
}
