package io.ashlar.router.stream;

import io.ashlar.router.flight.Demand;
import io.ashlar.router.flight.Proof;
import io.ashlar.router.node.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * A stream whose proof was good and whose rows are waiting. Used by one thread; {@link #abort} by any.
 *
 * @param rows a cursor within the transaction
 */
record OpenStream(
        Node node,
        Connection connection,
        PreparedStatement statement,
        ResultSet rows,
        Demand demand,
        Proof first,
        Runnable afterwards,
        long openedAtNanos,
        AtomicLong progressAtNanos,
        AtomicBoolean closed)
        implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OpenStream.class);

    /** The second proof and the end of the transaction, after the last row. */
    Proof finish() throws SQLException {
        rows.close();
        Proof second = JdbcProof.position(connection);
        connection.commit();
        return second;
    }

    void progressed() {
        progressAtNanos.set(System.nanoTime());
    }

    /** Cuts the connection under whoever reads from it. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.warnf("event=stream_abort_failed node=%s sqlstate=%s", node.name(), e.getSQLState());
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (connection;
                statement) {
            LOG.debugf("event=stream_closed node=%s", node.name());
        } catch (SQLException e) {
            LOG.debugf("event=stream_close_failed node=%s sqlstate=%s", node.name(), e.getSQLState());
        } finally {
            afterwards.run();
        }
    }
}
