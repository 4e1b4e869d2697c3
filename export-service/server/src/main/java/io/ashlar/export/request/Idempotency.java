package io.ashlar.export.request;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers kept under (tenant, subject, route, key) for 24 hours, within the transaction that creates. A second request with
 * the key waits for the first one's commit a moment, then is told that it is still running.
 *
 * @param tenant the caller's
 * @param subject the caller
 * @param route which call
 * @param key the header's value
 * @param requestHash of the body
 */
record Idempotency(UUID tenant, String subject, String route, String key, String requestHash) {

    static final int KEY_LENGTH_MAX = 255;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Whether the header's value can be a key: visible ASCII, not too long. */
    static boolean isKey(String text) {
        return !text.isEmpty()
                && text.length() <= KEY_LENGTH_MAX
                && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    /**
     * The answer that was given before.
     *
     * @throws ProblemException {@code idempotency_key_reused} if it was given to another body
     */
    Optional<String> answered(Connection connection) throws SQLException {
        String sql = """
                SELECT request_hash, body FROM export.idempotency_keys
                WHERE tenant_id = ? AND subject = ? AND route = ? AND key = ? AND created_at > now() - interval '24 hours'
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                if (!row.getString(1).equals(requestHash)) {
                    throw new ProblemException(
                            DoorError.IDEMPOTENCY_KEY_REUSED,
                            "this key was used with another body in the last 24 hours");
                }
                return Optional.of(row.getString(2));
            }
        }
    }

    /**
     * Takes the key for this transaction.
     *
     * @return false if somebody else has it, committed
     * @throws ProblemException {@code idempotency_in_progress} if somebody else holds it uncommitted for long
     */
    boolean take(Connection connection) throws SQLException {
        String sql = """
                INSERT INTO export.idempotency_keys (tenant_id, subject, route, key, request_hash)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (tenant_id, subject, route, key) DO UPDATE
                SET request_hash = excluded.request_hash, status = NULL, body = NULL, created_at = now()
                WHERE idempotency_keys.created_at <= now() - interval '24 hours'
                """;
        try (PreparedStatement wait = connection.prepareStatement("SET LOCAL lock_timeout = '2s'");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            wait.execute();
            bind(statement);
            statement.setString(5, requestHash);
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw new ProblemException(
                                DoorError.IDEMPOTENCY_IN_PROGRESS, "a request with this key is still running")
                        .retryAfter(1);
            }
            throw e;
        }
    }

    /** Keeps the answer. */
    void answer(Connection connection, int status, String body) throws SQLException {
        String sql = """
                UPDATE export.idempotency_keys SET status = ?, body = ?
                WHERE tenant_id = ? AND subject = ? AND route = ? AND key = ?
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, status);
            statement.setString(2, body);
            statement.setObject(3, tenant);
            statement.setString(4, subject);
            statement.setString(5, route);
            statement.setString(6, key);
            statement.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement) throws SQLException {
        statement.setObject(1, tenant);
        statement.setString(2, subject);
        statement.setString(3, route);
        statement.setString(4, key);
    }
}
