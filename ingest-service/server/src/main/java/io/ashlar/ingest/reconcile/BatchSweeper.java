package io.ashlar.ingest.reconcile;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/**
 * Forgets batches and chunks a day after they were loaded whole, and adds what they counted to their tenant's total in the same
 * statement. Advisory lock: one instance at a time.
 */
@ApplicationScoped
class BatchSweeper {

    private static final Logger LOG = Logger.getLogger(BatchSweeper.class);
    private static final long LOCK = 0x6173686c_0002L;
    private static final int BATCHES_MAX = 10_000;

    private static final String TRY_LOCK = """
            SELECT pg_try_advisory_xact_lock(?)
            """;

    private static final String FOLD = """
            WITH keys AS (
                SELECT tenant_id, producer, batch_key
                FROM ingest.loaded_chunks
                GROUP BY tenant_id, producer, batch_key
                HAVING max(loaded_at) < now() - interval '24 hours'
                LIMIT ?
            ), old AS (
                SELECT k.tenant_id, k.producer, k.batch_key
                FROM keys AS k
                LEFT JOIN ingest.batches AS b USING (tenant_id, producer, batch_key)
                WHERE b.batch_key IS NULL
                   OR b.state = 'producing' AND b.lease_until < now() - interval '24 hours'
                   OR b.accepted <= (SELECT sum(c.stored + c.dead)
                                     FROM ingest.loaded_chunks AS c
                                     WHERE c.tenant_id = k.tenant_id AND c.producer = k.producer
                                       AND c.batch_key = k.batch_key)
            ), batches AS (
                DELETE FROM ingest.batches AS b
                USING old
                WHERE b.tenant_id = old.tenant_id AND b.producer = old.producer AND b.batch_key = old.batch_key
            ), chunks AS (
                DELETE FROM ingest.loaded_chunks AS c
                USING old
                WHERE c.tenant_id = old.tenant_id AND c.producer = old.producer AND c.batch_key = old.batch_key
                RETURNING c.tenant_id, c.stored, c.dead
            )
            INSERT INTO ingest.batch_totals AS t (tenant_id, accepted, stored, dead)
            SELECT tenant_id, sum(stored + dead), sum(stored), sum(dead)
            FROM chunks
            GROUP BY tenant_id
            ON CONFLICT (tenant_id) DO UPDATE SET
                accepted = t.accepted + excluded.accepted, stored = t.stored + excluded.stored, dead = t.dead + excluded.dead
            """;

    private final AgroalDataSource system;

    BatchSweeper(@DataSource("system") AgroalDataSource system) {
        this.system = system;
    }

    @Scheduled(
            every = "1h",
            delayed = "1m",
            identity = "ingest-sweep",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    @RunOnVirtualThread
    void sweep() throws SQLException {
        try (Connection connection = system.getConnection()) {
            connection.setAutoCommit(false);
            if (locked(connection)) {
                try (PreparedStatement statement = connection.prepareStatement(FOLD)) {
                    statement.setInt(1, BATCHES_MAX);
                    LOG.debugf("batches folded tenants=%d", statement.executeUpdate());
                }
            }
            connection.commit();
        }
    }

    private static boolean locked(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRY_LOCK)) {
            statement.setLong(1, LOCK);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
