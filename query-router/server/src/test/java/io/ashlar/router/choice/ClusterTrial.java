package io.ashlar.router.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.LogPosition;
import io.ashlar.router.trial.Trial;
import java.time.Duration;

/** What the router says of the cluster. */
public final class ClusterTrial {

    private ClusterTrial() {}

    public static JsonNode topology(Trial trial) {
        return trial.call().get("/api/v1/topology", JsonNode.class);
    }

    /** Until there are a primary and two replicas that keep up. */
    public static void awaitWhole(Trial trial) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode topology = topology(trial);
            assertThat(topology.get("primary").textValue()).as("%s", topology).isEqualTo("one");
            assertThat(topology.get("nodes"))
                    .as("%s", topology)
                    .filteredOn(node -> node.get("role").textValue().equals("replica")
                            && node.path("lag_ms").asLong(Long.MAX_VALUE) < 1_000)
                    .hasSize(2);
        });
    }

    /** Until every replica has what {@code token} stands for. */
    public static void awaitReplayed(Trial trial, ConsistencyToken token) {
        long wanted = token.positions().getFirst().lsn();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode topology = topology(trial);
            assertThat(topology.get("nodes"))
                    .as("%s", topology)
                    .filteredOn(node -> node.get("role").textValue().equals("replica")
                            && LogPosition.parseLsn(node.get("lsn").textValue()).orElseThrow() >= wanted)
                    .hasSize(2);
        });
    }

    public static void awaitPrimary(Trial trial, String wanted) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(topology(trial).get("primary").textValue()).isEqualTo(wanted));
    }
}
