package io.ashlar.router.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ashlar.local.Endpoints.Address;
import io.ashlar.local.Stack.Server;
import io.ashlar.router.node.Node;
import io.ashlar.router.node.NodeConnector;
import io.ashlar.router.trial.Trial;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a probe reads of real servers, over a replication connection. */
@QuarkusTest
class TopologyProbeIT {

    @Inject
    NodeConnector connector;

    @Test
    void primaryAndReplicaSayWhatTheyAre() throws SQLException {
        try (TopologyProbe primary = probe(Server.DATA_PRIMARY);
                TopologyProbe replica = probe(Server.DATA_REPLICA_1)) {
            NodeReport first = primary.ask();
            NodeReport second = replica.ask();

            assertThat(first.inRecovery()).isFalse();
            assertThat(second.inRecovery()).isTrue();
            assertThat(second.systemId()).isEqualTo(first.systemId());
            assertThat(second.timeline()).isEqualTo(first.timeline()).isEqualTo(1);
            assertThat(primary.history(1)).isEmpty();
        }
    }

    /** After a switch of segments the idle primary stands behind the page header; the replica is not late for it. */
    @Test
    void aSegmentSwitchIsNoLag() throws SQLException {
        try (TopologyProbe primary = probe(Server.DATA_PRIMARY);
                TopologyProbe replica = probe(Server.DATA_REPLICA_1);
                Connection superuser = Trial.connect(Server.DATA_PRIMARY, "postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute("SELECT pg_switch_wal()");
            long written = primary.ask().lsn();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> WalMath.reached(replica.ask().lsn(), written));
        }
    }

    private TopologyProbe probe(Server server) {
        Address address = Trial.stack().endpoints().address(server);
        return new TopologyProbe(
                new Node(server.label(), address.host(), address.port()), connector, Duration.ofSeconds(2));
    }
}
