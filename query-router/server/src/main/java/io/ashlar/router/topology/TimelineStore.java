package io.ashlar.router.topology;

import io.ashlar.router.node.Node;
import io.ashlar.router.node.NodeConnector;
import io.ashlar.router.token.LogPosition;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Where timelines ended, kept in {@code router.timelines} for the day when no server has the history file any more. Best
 * effort both ways: the servers' own files come first.
 */
@Singleton
final class TimelineStore {

    private static final Logger LOG = Logger.getLogger(TimelineStore.class);

    private static final String INSERT = """
            INSERT INTO router.timelines (system_id, successor, timeline, switch_lsn)
            VALUES (?, ?, ?, ?::pg_lsn)
            ON CONFLICT (system_id, successor, timeline) DO NOTHING""";

    private static final String SELECT = """
            SELECT timeline, switch_lsn::text
            FROM router.timelines
            WHERE system_id = ? AND successor = ?
            ORDER BY timeline""";

    private final NodeConnector connector;
    private final TopologyConfig config;

    TimelineStore(NodeConnector connector, TopologyConfig config) {
        this.connector = connector;
        this.config = config;
    }

    void keep(Topology topology, String systemId, Map<Integer, Long> ended) {
        if (!(topology.leader() instanceof Leader.One(NodeState.Primary primary))) {
            return;
        }
        try (Connection connection = connector.system(primary.node(), config.probeTimeout());
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Map.Entry<Integer, Long> end : ended.entrySet()) {
                insert.setString(1, systemId);
                insert.setInt(2, topology.timeline());
                insert.setInt(3, end.getKey());
                insert.setString(4, LogPosition.lsnText(end.getValue()));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            LOG.warnf("event=timelines_not_kept timeline=%d sqlstate=%s", topology.timeline(), e.getSQLState());
        }
    }

    /** From whichever server answers first; empty if none knows. */
    Optional<Map<Integer, Long>> find(Topology topology, String systemId) {
        for (NodeState state : topology.nodes()) {
            if (!(state instanceof NodeState.Unreachable)) {
                Optional<Map<Integer, Long>> found = find(state.node(), systemId, topology.timeline());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Map<Integer, Long>> find(Node node, String systemId, int timeline) {
        try (Connection connection = connector.system(node, config.probeTimeout());
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, systemId);
            select.setInt(2, timeline);
            Map<Integer, Long> ended = new TreeMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    int ancestor = rows.getInt(1);
                    LogPosition.parseLsn(rows.getString(2)).ifPresent(lsn -> ended.put(ancestor, lsn));
                }
            }
            return ended.isEmpty() ? Optional.empty() : Optional.of(ended);
        } catch (SQLException e) {
            LOG.debugf("event=timelines_unreadable node=%s sqlstate=%s", node.name(), e.getSQLState());
            return Optional.empty();
        }
    }
}
