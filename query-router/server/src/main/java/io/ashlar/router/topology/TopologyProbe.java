package io.ashlar.router.topology;

import io.ashlar.router.node.Node;
import io.ashlar.router.node.NodeConnector;
import io.ashlar.router.token.LogPosition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks one node, on one replication connection that it keeps. Not thread-safe: one question at a time.
 *
 * <p>{@code IDENTIFY_SYSTEM} and {@code TIMELINE_HISTORY} are PostgreSQL's streaming replication protocol.
 */
final class TopologyProbe implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TopologyProbe.class);

    private static final String IDENTIFY = "IDENTIFY_SYSTEM";
    private static final String HISTORY = "TIMELINE_HISTORY ";
    private static final String POSITION = """
            SELECT pg_is_in_recovery(),
                   CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END""";

    private final Node node;
    private final NodeConnector connector;
    private final Duration timeout;
    private @Nullable Connection connection;

    TopologyProbe(Node node, NodeConnector connector, Duration timeout) {
        this.node = node;
        this.connector = connector;
        this.timeout = timeout;
    }

    /** What the node says now. After a failure the next question connects anew. */
    NodeReport ask() throws SQLException {
        try {
            Connection open = connection();
            long askedAt = System.nanoTime();
            try (Statement statement = open.createStatement()) {
                String systemId;
                int timeline;
                try (ResultSet identity = statement.executeQuery(IDENTIFY)) {
                    identity.next();
                    systemId = identity.getString(1);
                    timeline = Math.toIntExact(identity.getLong(2));
                }
                try (ResultSet position = statement.executeQuery(POSITION)) {
                    position.next();
                    return new NodeReport(
                            systemId, timeline, position.getBoolean(1), lsn(position.getString(2)), askedAt);
                }
            }
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where the ancestors of {@code timeline} were left, in bytes of log. */
    Map<Integer, Long> history(int timeline) throws SQLException {
        if (timeline <= 1) {
            return Map.of();
        }
        try (Statement statement = connection().createStatement();
                // The protocol has no parameters; the number is our own.
                ResultSet file = statement.executeQuery(HISTORY + timeline)) {
            file.next();
            return history(file.getString(2));
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Reads a timeline history file: {@code 1<tab>0/3000060<tab>reason}, one ancestor a line. */
    static Map<Integer, Long> history(String file) {
        Map<Integer, Long> ended = new TreeMap<>();
        for (String line : file.split("\n", -1)) {
            String[] columns = line.strip().split("\\s+", 3);
            if (columns.length >= 2 && !columns[0].startsWith("#")) {
                LogPosition.parseLsn(columns[1]).ifPresent(lsn -> ended.put(Integer.parseInt(columns[0]), lsn));
            }
        }
        return ended;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debugf(e, "event=probe_close_failed node=%s", node.name());
            }
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = connector.probe(node, timeout);
            connection = open;
        }
        return open;
    }

    private static long lsn(@Nullable String text) throws SQLException {
        OptionalLong lsn = text == null ? OptionalLong.empty() : LogPosition.parseLsn(text);
        return lsn.orElseThrow(() -> new SQLException("the node has no log position yet", "57P03"));
    }
}
