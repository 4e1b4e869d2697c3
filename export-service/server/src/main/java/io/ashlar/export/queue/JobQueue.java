package io.ashlar.export.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of claiming, holding and ending jobs. Blocking, thread-safe. All times are the database's.
 *
 * <p>Claims of one lane follow each other under a transaction lock: that makes the tenants' running caps exact, and a claim
 * takes a few milliseconds. Rows that a request holds (a cancel) are skipped, not waited for.
 */
public final class JobQueue {

    /** More are not claimed in one go. */
    static final int BATCH_MAX = 64;

    private static final int CLAIM_LOCK = 0x41534A31;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ENDED = """
            RETURNING kind, state, rows, (extract(epoch FROM now() - created_at) * 1000)::bigint AS age_millis
            """;

    /** A job as its last statement left it. */
    private record Ended(String kind, String state, long rows, Duration age) {}

    private final DataSource system;
    private final Duration lease;
    private final int runningPerTenant;
    private final Duration keepFiles;
    private final JobMeters meters;

    /**
     * Opens nothing yet.
     *
     * @param system connections of the role {@code ashlar_export_system}
     * @param meters where ended jobs are counted
     */
    public JobQueue(DataSource system, Duration lease, int runningPerTenant, Duration keepFiles, JobMeters meters) {
        this.system = system;
        this.lease = lease;
        this.runningPerTenant = runningPerTenant;
        this.keepFiles = keepFiles;
        this.meters = meters;
    }

    /** What a heartbeat brings back. */
    public enum Order {
        GO_ON,
        CANCEL,
        /** Another worker has the job, or nobody has. */
        LOST
    }

    /** Takes up to {@code limit} waiting jobs: by priority, and within one priority by turns over the tenants. */
    public List<Job> claim(Lane lane, int limit, String worker) throws SQLException {
        try (Connection connection = system.getConnection()) {
            connection.setAutoCommit(false);
            try {
                lock(connection, lane);
                List<Ended> expired = expire(connection, lane);
                List<Job> jobs = take(connection, lane, Math.min(limit, BATCH_MAX), worker);
                connection.commit();
                expired.forEach(this::count);
                return jobs;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /** Renews the lease, tells the progress and asks for orders. */
    public Order heartbeat(Job job, long rows, long bytes) throws SQLException {
        String sql = """
                UPDATE export.jobs
                SET lease_until = now() + make_interval(secs => ?), rows = ?, bytes = ?
                WHERE id = ? AND fence = ? AND state = 'running'
                RETURNING cancel_requested
                """;
        try (Connection connection = system.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setDouble(1, seconds(lease));
            statement.setLong(2, rows);
            statement.setLong(3, bytes);
            statement.setObject(4, job.id());
            statement.setLong(5, job.fence());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Order.LOST;
                }
                return row.getBoolean(1) ? Order.CANCEL : Order.GO_ON;
            }
        }
    }

    /**
     * Names this attempt the winner, unless a cancel was asked for before.
     *
     * @return false if the job is no longer this attempt's or is to be cancelled; nothing was changed then
     */
    public boolean succeed(Job job, Outcome.Done done) throws SQLException {
        String sql = """
                UPDATE export.jobs
                SET state = 'succeeded', finished_at = now(), lease_until = NULL, worker = NULL,
                    rows = ?, bytes = ?, object_key = ?, receipt = ?, error_code = NULL, error_detail = NULL,
                    expires_at = CASE WHEN ?::text IS NULL THEN NULL ELSE now() + make_interval(secs => ?) END
                WHERE id = ? AND fence = ? AND state = 'running' AND NOT cancel_requested
                %s
                """.formatted(ENDED);
        try (Connection connection = system.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, done.rows());
            statement.setLong(2, done.bytes());
            statement.setString(3, done.objectKey());
            statement.setString(4, done.receipt());
            statement.setString(5, done.objectKey());
            statement.setDouble(6, seconds(keepFiles));
            statement.setObject(7, job.id());
            statement.setLong(8, job.fence());
            return end(statement);
        }
    }

    /** Back to the queue after a pause, or dead if that was the last attempt; cancelled if that was asked for. */
    public boolean retry(Job job, Outcome.Retry retry, Duration pause) throws SQLException {
        String sql = """
                UPDATE export.jobs
                SET state = CASE WHEN cancel_requested THEN 'cancelled'
                                 WHEN attempts >= max_attempts THEN 'dead'
                                 ELSE 'queued' END,
                    finished_at = CASE WHEN cancel_requested OR attempts >= max_attempts THEN now() END,
                    available_at = now() + make_interval(secs => ?),
                    lease_until = NULL, worker = NULL, error_code = ?, error_detail = ?
                WHERE id = ? AND fence = ? AND state = 'running'
                %s
                """.formatted(ENDED);
        try (Connection connection = system.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setDouble(1, seconds(pause));
            statement.setString(2, retry.code());
            statement.setString(3, retry.detail());
            statement.setObject(4, job.id());
            statement.setLong(5, job.fence());
            return end(statement);
        }
    }

    public boolean fail(Job job, Outcome.Failed failed) throws SQLException {
        return end(job, "failed", failed.code(), failed.detail());
    }

    public boolean cancelled(Job job) throws SQLException {
        return end(job, "cancelled", null, null);
    }

    /** Gives a job back as if it had never been claimed, but for the fence: the process shuts down. */
    public boolean release(Job job) throws SQLException {
        String sql = """
                UPDATE export.jobs
                SET state = 'queued', attempts = attempts - 1, available_at = now(), lease_until = NULL, worker = NULL
                WHERE id = ? AND fence = ? AND state = 'running'
                """;
        try (Connection connection = system.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, job.id());
            statement.setLong(2, job.fence());
            return statement.executeUpdate() == 1;
        }
    }

    private boolean end(Job job, String state, @Nullable String code, @Nullable String detail) throws SQLException {
        String sql = """
                UPDATE export.jobs
                SET state = ?, finished_at = now(), lease_until = NULL, worker = NULL, error_code = ?, error_detail = ?
                WHERE id = ? AND fence = ? AND state = 'running'
                %s
                """.formatted(ENDED);
        try (Connection connection = system.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, state);
            statement.setString(2, code);
            statement.setString(3, detail);
            statement.setObject(4, job.id());
            statement.setLong(5, job.fence());
            return end(statement);
        }
    }

    /** Whether the statement changed the job; if that was its end, it is counted. */
    private boolean end(PreparedStatement statement) throws SQLException {
        List<Ended> ended = ended(statement);
        ended.forEach(this::count);
        return ended.size() == 1;
    }

    private void count(Ended job) {
        meters.ended(job.kind(), job.state(), job.rows(), job.age());
    }

    private static List<Ended> ended(PreparedStatement statement) throws SQLException {
        List<Ended> ended = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Duration age = Duration.ofMillis(Math.max(0, row.getLong("age_millis")));
                ended.add(new Ended(row.getString("kind"), row.getString("state"), row.getLong("rows"), age));
            }
        }
        return ended;
    }

    private static void lock(Connection connection, Lane lane) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_advisory_xact_lock(?, ?)")) {
            statement.setInt(1, CLAIM_LOCK);
            statement.setInt(2, lane.lock());
            statement.executeQuery().close();
        }
    }

    /** Whoever held these is dead or deaf; the next claim's fence shuts it out. */
    private static List<Ended> expire(Connection connection, Lane lane) throws SQLException {
        String sql = """
                UPDATE export.jobs
                SET state = CASE WHEN cancel_requested THEN 'cancelled'
                                 WHEN attempts >= max_attempts THEN 'dead'
                                 ELSE 'queued' END,
                    finished_at = CASE WHEN cancel_requested OR attempts >= max_attempts THEN now() END,
                    available_at = now(), lease_until = NULL, worker = NULL,
                    error_code = 'lease_expired', error_detail = 'the worker stopped answering'
                WHERE id IN (
                    SELECT id FROM export.jobs
                    WHERE state = 'running' AND lane = ? AND lease_until < now()
                    ORDER BY lease_until LIMIT 100 FOR UPDATE SKIP LOCKED)
                %s
                """.formatted(ENDED);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, lane.column());
            return ended(statement);
        }
    }

    private List<Job> take(Connection connection, Lane lane, int limit, String worker) throws SQLException {
        String sql = """
                WITH running AS (
                    SELECT tenant_id, count(*) AS n FROM export.jobs
                    WHERE state = 'running' AND lane = ? GROUP BY tenant_id),
                waiting AS (
                    SELECT DISTINCT tenant_id FROM export.jobs WHERE state = 'queued' AND lane = ?),
                ranked AS (
                    SELECT mine.id, mine.priority, mine.available_at, coalesce(running.n, 0) + mine.place AS turn
                    FROM waiting
                    LEFT JOIN running USING (tenant_id)
                    CROSS JOIN LATERAL (
                        SELECT id, priority, available_at,
                               row_number() OVER (ORDER BY priority, available_at, id) AS place
                        FROM export.jobs
                        WHERE state = 'queued' AND lane = ? AND tenant_id = waiting.tenant_id AND available_at <= now()
                        ORDER BY priority, available_at, id
                        LIMIT greatest(? - coalesce(running.n, 0), 0)) AS mine
                    ORDER BY mine.priority, turn, mine.available_at, mine.id
                    LIMIT ?),
                picked AS (
                    SELECT jobs.id FROM export.jobs JOIN ranked ON ranked.id = jobs.id
                    WHERE jobs.state = 'queued' FOR UPDATE OF jobs SKIP LOCKED)
                UPDATE export.jobs AS job
                SET state = 'running', attempts = attempts + 1, fence = fence + 1, worker = ?,
                    lease_until = now() + make_interval(secs => ?), started_at = now(), rows = 0, bytes = 0
                FROM picked WHERE job.id = picked.id
                RETURNING job.id, job.tenant_id, job.subject, job.kind, job.attempts, job.max_attempts, job.fence,
                          job.spec, job.as_of, job.traceparent, job.request_id
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, lane.column());
            statement.setString(2, lane.column());
            statement.setString(3, lane.column());
            statement.setInt(4, runningPerTenant);
            statement.setInt(5, limit);
            statement.setString(6, worker);
            statement.setDouble(7, seconds(lease));
            List<Job> jobs = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    jobs.add(job(row));
                }
            }
            return jobs;
        }
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getObject("id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getString("subject"),
                row.getString("kind"),
                row.getInt("attempts"),
                row.getInt("max_attempts"),
                row.getLong("fence"),
                json(row.getString("spec")),
                json(row.getString("as_of")),
                row.getString("traceparent"),
                row.getString("request_id"));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a jsonb column holds JSON", e);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
