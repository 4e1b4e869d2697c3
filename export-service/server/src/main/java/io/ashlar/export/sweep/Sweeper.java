package io.ashlar.export.sweep;

import io.agroal.api.AgroalDataSource;
import io.ashlar.export.queue.QueueConfig;
import io.ashlar.export.store.ObjectStore;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The sweep. */
@Singleton
public final class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final long LOCK = 0x4153_4a53_5745_4550L;
    private static final int OBJECTS_MAX = 200;

    private final AgroalDataSource direct;
    private final ObjectStore store;
    private final Duration keepJobs;

    Sweeper(@DataSource("direct") AgroalDataSource direct, ObjectStore store, QueueConfig config, SweepConfig sweep) {
        this.direct = direct;
        this.store = store;
        this.keepJobs = config.keepJobs();
        LOG.debugf("event=sweeper_ready every=%s", sweep.every());
    }

    private record Left(String key, @Nullable String uploadId, UUID job) {}

    @Scheduled(
            every = "${ashlar.export.sweep.every:30s}",
            identity = "export-sweep",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    @RunOnVirtualThread
    void sweepInTurn() throws SQLException {
        sweep();
    }

    /**
     * Sweeps once.
     *
     * @return objects removed, or −1 if another process is at it
     */
    int sweep() throws SQLException {
        try (Connection connection = direct.getConnection()) {
            if (!lock(connection, "SELECT pg_try_advisory_lock(?)")) {
                return -1;
            }
            try {
                int removed = 0;
                for (Left left : left(connection)) {
                    removed += remove(connection, left) ? 1 : 0;
                }
                int keys = forgetKeys(connection);
                int jobs = forgetJobs(connection);
                if (removed + keys + jobs > 0) {
                    LOG.infof("event=swept objects=%d idempotency_keys=%d jobs=%d", removed, keys, jobs);
                }
                return removed;
            } finally {
                if (!lock(connection, "SELECT pg_advisory_unlock(?)")) {
                    LOG.warn("event=sweep_lock_lost");
                }
            }
        }
    }

    private static boolean lock(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, LOCK);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** What neither a running attempt writes nor a winner names. */
    private static List<Left> left(Connection connection) throws SQLException {
        String sql = """
                SELECT object.object_key, object.upload_id, object.job_id
                FROM export.attempt_objects AS object
                LEFT JOIN export.jobs AS job ON job.id = object.job_id
                WHERE NOT coalesce(
                    (job.state = 'running' AND job.fence = object.fence)
                    OR (job.state = 'succeeded' AND job.object_key = object.object_key AND job.expires_at > now()), false)
                ORDER BY object.created_at LIMIT ?
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, OBJECTS_MAX);
            List<Left> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new Left(row.getString(1), row.getString(2), row.getObject(3, UUID.class)));
                }
            }
            return found;
        }
    }

    private boolean remove(Connection connection, Left left) throws SQLException {
        try {
            // First the upload: a worker taken for dead can make no file of it after that.
            if (left.uploadId() != null) {
                store.abort(left.key(), left.uploadId());
            }
            store.delete(left.key());
        } catch (IOException e) {
            LOG.warnf("event=sweep_object_failed key=%s reason=%s", left.key(), e.getMessage());
            return false;
        }
        String unlink = "UPDATE export.jobs SET object_key = NULL WHERE id = ? AND object_key = ?";
        try (PreparedStatement statement = connection.prepareStatement(unlink)) {
            statement.setObject(1, left.job());
            statement.setString(2, left.key());
            statement.executeUpdate();
        }
        String forget = "DELETE FROM export.attempt_objects WHERE object_key = ?";
        try (PreparedStatement statement = connection.prepareStatement(forget)) {
            statement.setString(1, left.key());
            return statement.executeUpdate() == 1;
        }
    }

    private static int forgetKeys(Connection connection) throws SQLException {
        String sql = "DELETE FROM export.idempotency_keys WHERE created_at < now() - interval '24 hours'";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return statement.executeUpdate();
        }
    }

    private int forgetJobs(Connection connection) throws SQLException {
        String sql = """
                DELETE FROM export.jobs
                WHERE id IN (
                    SELECT id FROM export.jobs
                    WHERE finished_at < now() - make_interval(secs => ?) AND object_key IS NULL
                    ORDER BY finished_at LIMIT 1000 FOR UPDATE SKIP LOCKED)
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setDouble(1, keepJobs.toMillis() / 1000.0);
            return statement.executeUpdate();
        }
    }
}
