package io.ashlar.export.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.export.queue.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of requests, on a connection whose tenant is set: row-level security leaves the tenant's rows only. */
final class ExportStore {

    private ExportStore() {}

    /** What a request adds to its order. */
    record Asked(
            UUID id,
            UUID tenant,
            String subject,
            @Nullable String traceparent,
            @Nullable String requestId) {}

    static ExportRow insert(Connection connection, Asked asked, int priority, JsonNode spec, int attempts)
            throws SQLException {
        String sql = """
                INSERT INTO export.jobs
                    (id, tenant_id, subject, kind, lane, priority, spec, as_of, max_attempts, traceparent, request_id)
                VALUES (?, ?, ?, 'export', ?, ?, ?::jsonb, '{"kind": "run time"}', ?, ?, ?)
                RETURNING %s
                """.formatted(ExportRow.COLUMNS);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, asked.id());
            statement.setObject(2, asked.tenant());
            statement.setString(3, asked.subject());
            statement.setString(4, Lane.LARGE.column());
            statement.setInt(5, priority);
            statement.setString(6, spec.toString());
            statement.setInt(7, attempts);
            statement.setString(8, asked.traceparent());
            statement.setString(9, asked.requestId());
            return one(statement).orElseThrow();
        }
    }

    /** Exports waiting; counting stops at {@code limit}. */
    static int queued(Connection connection, int limit) throws SQLException {
        String sql = """
                SELECT count(*) FROM (
                    SELECT FROM export.jobs WHERE state = 'queued' AND kind = 'export' LIMIT ?) AS waiting
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, limit);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Tells the workers that there is work, when the transaction commits. */
    static void hint(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_notify('ashlar_export_jobs', 'large')")) {
            statement.executeQuery().close();
        }
    }

    static Optional<ExportRow> find(Connection connection, UUID id) throws SQLException {
        String sql = "SELECT %s FROM export.jobs WHERE id = ? AND kind = 'export'".formatted(ExportRow.COLUMNS);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            return one(statement);
        }
    }

    /** Ends a waiting export, marks a running one; leaves an ended one alone. */
    static Optional<ExportRow> cancel(Connection connection, UUID id) throws SQLException {
        String sql = """
                UPDATE export.jobs
                SET cancel_requested = true,
                    state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END,
                    finished_at = CASE WHEN state = 'queued' THEN now() END
                WHERE id = ? AND kind = 'export' AND state IN ('queued', 'running')
                RETURNING %s
                """.formatted(ExportRow.COLUMNS);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            return one(statement);
        }
    }

    /** A row's place in the list. */
    record Place(String createdAt, UUID id) {}

    /** Newest first, after {@code place}. */
    static List<ExportRow> list(Connection connection, @Nullable Place place, int limit) throws SQLException {
        String sql = """
                SELECT %s FROM export.jobs
                WHERE kind = 'export'
                  AND (?::timestamptz IS NULL OR (created_at, id) < (?::timestamptz, ?::uuid))
                ORDER BY created_at DESC, id DESC LIMIT ?
                """.formatted(ExportRow.COLUMNS);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, place == null ? null : place.createdAt());
            statement.setString(2, place == null ? null : place.createdAt());
            statement.setObject(3, place == null ? null : place.id());
            statement.setInt(4, limit);
            List<ExportRow> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(ExportRow.of(row));
                }
            }
            return rows;
        }
    }

    private static Optional<ExportRow> one(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(ExportRow.of(row)) : Optional.empty();
        }
    }
}
