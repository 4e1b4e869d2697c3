package io.ashlar.router.topology;

import java.util.List;
import java.util.Map;

/** Pictures for tests of other packages. */
public final class TopologyFixture {

    private TopologyFixture() {}

    public static Topology of(List<NodeState> states, int timeline, Map<Integer, Long> ended) {
        return new Topology(states, Topology.leader(states, timeline), timeline, ended, 1);
    }

    public static int youngest(List<NodeState> states) {
        return states.stream()
                .mapToInt(state -> switch (state) {
                    case NodeState.Primary primary -> primary.timeline();
                    case NodeState.Replica replica -> replica.timeline();
                    case NodeState.Unreachable unreachable -> 0;
                })
                .max()
                .orElse(0);
    }
}
