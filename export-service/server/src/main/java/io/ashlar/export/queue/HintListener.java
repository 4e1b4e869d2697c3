package io.ashlar.export.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Listens on {@value #CHANNEL} so that a new job is looked for at once. A hint may be lost or late: polling finds the job
 * anyway. Hints that arrive together are one.
 */
final class HintListener implements AutoCloseable {

    static final String CHANNEL = "ashlar_export_jobs";

    private static final Logger LOG = Logger.getLogger(HintListener.class);
    private static final int WAIT_MILLIS = 10_000;
    private static final int PAUSE_MILLIS = 2_000;

    private final DataSource direct;
    private final Runnable hint;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("export-hints").unstarted(this::listen);

    /**
     * Starts nothing yet.
     *
     * @param direct connections that no pooler shares: LISTEN belongs to a session
     * @param hint called for each batch of hints
     */
    HintListener(DataSource direct, Runnable hint) {
        this.direct = direct;
        this.hint = hint;
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private void listen() {
        while (closed.getCount() > 0) {
            try (Connection connection = direct.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + CHANNEL);
                try {
                    await(connection.unwrap(PGConnection.class));
                } finally {
                    statement.execute("UNLISTEN *");
                }
            } catch (SQLException e) {
                if (closed.getCount() > 0) {
                    LOG.warnf("event=hints_lost reason=%s, polling goes on", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void await(PGConnection connection) throws SQLException {
        while (closed.getCount() > 0) {
            if (connection.getNotifications(WAIT_MILLIS).length > 0) {
                hint.run();
            }
        }
    }

    private void pause() {
        try {
            if (closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("event=hints_stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
