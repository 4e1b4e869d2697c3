package io.ashlar.authz.accessreview;

import io.ashlar.authz.page.IdCursors.Slice;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements over {@code authz.access_reviews}, within somebody's transaction. */
final class ReviewRows {

    private ReviewRows() {}

    static Optional<Review> find(Connection connection, UUID tenant, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, revision, due_at, lapse, roles, groups, reason, created_by, created_at, closed_at
                FROM authz.access_reviews WHERE tenant_id = ? AND id = ?
                """)) {
            select.setObject(1, tenant);
            select.setString(2, id);
            return read(select).stream().findFirst();
        }
    }

    /** One more than the slice wants. */
    static List<Review> list(Connection connection, UUID tenant, Slice slice) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, revision, due_at, lapse, roles, groups, reason, created_by, created_at, closed_at
                FROM authz.access_reviews WHERE tenant_id = ? AND id > ? ORDER BY id LIMIT ?
                """)) {
            select.setObject(1, tenant);
            select.setString(2, slice.after());
            select.setInt(3, slice.limit() + 1);
            return read(select);
        }
    }

    private static List<Review> read(PreparedStatement select) throws SQLException {
        List<Review> reviews = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Instant closed = instant(rows, 10);
                reviews.add(new Review(
                        rows.getString(1),
                        closed == null ? "open" : "closed",
                        rows.getLong(2),
                        rows.getObject(3, OffsetDateTime.class).toInstant(),
                        rows.getBoolean(4),
                        texts(rows.getArray(5)),
                        texts(rows.getArray(6)),
                        rows.getString(7),
                        rows.getString(8),
                        rows.getObject(9, OffsetDateTime.class).toInstant(),
                        closed));
            }
        }
        return reviews;
    }

    static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    static long countOpen(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT count(*) FROM authz.access_reviews WHERE tenant_id = ? AND closed_at IS NULL")) {
            select.setObject(1, tenant);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    static void insert(Connection connection, UUID tenant, Review.Wanted wanted, long revision, String actor)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.access_reviews
                    (tenant_id, id, revision, due_at, lapse, roles, groups, reason, created_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            insert.setObject(1, tenant);
            insert.setString(2, wanted.id());
            insert.setLong(3, revision);
            insert.setObject(4, utc(wanted.dueAt()));
            insert.setBoolean(5, wanted.lapse());
            insert.setArray(6, connection.createArrayOf("text", wanted.roles().toArray()));
            insert.setArray(7, connection.createArrayOf("text", wanted.groups().toArray()));
            insert.setString(8, wanted.reason());
            insert.setString(9, actor);
            insert.executeUpdate();
        }
    }

    /**
     * Takes in the grants of now: what users and groups are given by name.
     *
     * @return how many, at most one more than {@code max}
     */
    static int takeIn(Connection connection, UUID tenant, Review.Wanted wanted, int max) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.access_grants
                    (tenant_id, review_id, id, subject_type, subject_id, grant_type, grant_id)
                SELECT ?, ?, concat_ws(' ', newest.type, newest.id, given.type, given.name),
                    newest.type, newest.id, given.type, given.name
                FROM (
                    SELECT DISTINCT ON (kind, id) initcap(kind) AS type, id, roles, groups, deleted FROM authz.principals
                    WHERE tenant_id = ? AND kind IN ('user', 'group') ORDER BY kind, id, revision DESC
                ) AS newest
                CROSS JOIN LATERAL (
                    SELECT DISTINCT 'Role' AS type, unnest(newest.roles) AS name
                    UNION ALL SELECT DISTINCT 'Group', unnest(newest.groups)
                ) AS given
                WHERE NOT newest.deleted
                    AND (? OR given.name = ANY (CASE given.type WHEN 'Role' THEN ?::text[] ELSE ?::text[] END))
                LIMIT ?
                """)) {
            insert.setObject(1, tenant);
            insert.setString(2, wanted.id());
            insert.setObject(3, tenant);
            insert.setBoolean(4, wanted.roles().isEmpty() && wanted.groups().isEmpty());
            insert.setArray(5, connection.createArrayOf("text", wanted.roles().toArray()));
            insert.setArray(6, connection.createArrayOf("text", wanted.groups().toArray()));
            insert.setInt(7, max + 1);
            return insert.executeUpdate();
        }
    }

    /** Whether a date has passed, by the clock of the database. */
    static boolean isPast(Connection connection, Instant date) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT ? <= clock_timestamp()")) {
            select.setObject(1, utc(date));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Ours until the transaction ends; false if another instance has it in hand. */
    static boolean seize(Connection connection, UUID tenant, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT 1 FROM authz.access_reviews WHERE tenant_id = ? AND id = ? FOR UPDATE SKIP LOCKED
                """)) {
            select.setObject(1, tenant);
            select.setString(2, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    static void close(Connection connection, UUID tenant, String id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE authz.access_reviews SET closed_at = clock_timestamp()
                WHERE tenant_id = ? AND id = ? AND closed_at IS NULL
                """)) {
            update.setObject(1, tenant);
            update.setString(2, id);
            update.executeUpdate();
        }
    }
}
