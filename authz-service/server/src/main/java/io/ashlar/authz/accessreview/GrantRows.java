package io.ashlar.authz.accessreview;

import io.ashlar.authz.accessreview.Grant.Attestation;
import io.ashlar.authz.accessreview.Grant.Name;
import io.ashlar.authz.accessreview.Grant.Said;
import io.ashlar.authz.page.IdCursors.Slice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements over {@code authz.access_grants} and {@code authz.access_attestations}, within somebody's transaction. */
final class GrantRows {

    private GrantRows() {}

    static Review.Counts counts(Connection connection, UUID tenant, String review) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT count(*), count(*) FILTER (WHERE verdict IS NULL AND outcome IS NULL),
                    count(*) FILTER (WHERE verdict = 'keep' AND outcome IS NULL),
                    count(*) FILTER (WHERE outcome = 'revoked'), count(*) FILTER (WHERE outcome = 'lapsed'),
                    count(*) FILTER (WHERE outcome = 'gone'), count(*) FILTER (WHERE outcome = 'spared'),
                    count(*) FILTER (WHERE outcome = 'renewed')
                FROM authz.access_grants WHERE tenant_id = ? AND review_id = ?
                """)) {
            select.setObject(1, tenant);
            select.setString(2, review);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Review.Counts(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8));
            }
        }
    }

    /** One more than the slice wants; with {@code unattested} only those that wait for a word. */
    static List<Grant> list(Connection connection, UUID tenant, String review, boolean unattested, Slice slice)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT subject_type, subject_id, grant_type, grant_id, verdict, attested_by, attested_at, until, reason,
                    outcome, outcome_at
                FROM authz.access_grants
                WHERE tenant_id = ? AND review_id = ? AND id > ? AND (NOT ? OR (verdict IS NULL AND outcome IS NULL))
                ORDER BY id LIMIT ?
                """)) {
            select.setObject(1, tenant);
            select.setString(2, review);
            select.setString(3, slice.after());
            select.setBoolean(4, unattested);
            select.setInt(5, slice.limit() + 1);
            return read(select);
        }
    }

    static Optional<Grant> find(Connection connection, UUID tenant, String review, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT subject_type, subject_id, grant_type, grant_id, verdict, attested_by, attested_at, until, reason,
                    outcome, outcome_at
                FROM authz.access_grants WHERE tenant_id = ? AND review_id = ? AND id = ?
                """)) {
            select.setObject(1, tenant);
            select.setString(2, review);
            select.setString(3, id);
            return read(select).stream().findFirst();
        }
    }

    /** Grants whose date has passed and of which nothing has become yet: that of the review, or their own where they are kept. */
    static List<Grant> due(Connection connection, UUID tenant, String review, int max) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT given.subject_type, given.subject_id, given.grant_type, given.grant_id, given.verdict,
                    given.attested_by, given.attested_at, given.until, given.reason, given.outcome, given.outcome_at
                FROM authz.access_grants AS given
                JOIN authz.access_reviews AS review ON review.tenant_id = given.tenant_id AND review.id = given.review_id
                WHERE given.tenant_id = ? AND given.review_id = ? AND given.outcome IS NULL
                    AND (given.verdict IS NULL AND review.due_at <= clock_timestamp()
                        OR given.verdict = 'keep' AND given.until <= clock_timestamp())
                ORDER BY given.id LIMIT ?
                """)) {
            select.setObject(1, tenant);
            select.setString(2, review);
            select.setInt(3, max);
            return read(select);
        }
    }

    /** Whether a later word in another review keeps the same grant still. */
    static boolean isRenewed(Connection connection, UUID tenant, Review review, Grant grant) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT EXISTS (
                    SELECT FROM authz.access_grants
                    WHERE tenant_id = ? AND id = ? AND review_id <> ? AND outcome IS NULL AND verdict = 'keep'
                        AND (until IS NULL OR until > clock_timestamp()) AND attested_at > ?
                )
                """)) {
            Instant said = grant.attestedAt();
            select.setObject(1, tenant);
            select.setString(2, grant.id());
            select.setString(3, review.id());
            select.setObject(4, ReviewRows.utc(said == null ? review.createdAt() : said));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static List<Grant> read(PreparedStatement select) throws SQLException {
        List<Grant> grants = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                grants.add(new Grant(
                        new Name(rows.getString(1), rows.getString(2)),
                        new Name(rows.getString(3), rows.getString(4)),
                        rows.getString(5),
                        rows.getString(6),
                        ReviewRows.instant(rows, 7),
                        ReviewRows.instant(rows, 8),
                        rows.getString(9),
                        rows.getString(10),
                        ReviewRows.instant(rows, 11),
                        null));
            }
        }
        return grants;
    }

    /** The last word on a grant. */
    static void attest(Connection connection, UUID tenant, String review, Attestation said, String actor)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE authz.access_grants
                SET verdict = ?, attested_by = ?, attested_at = clock_timestamp(), until = ?, reason = ?
                WHERE tenant_id = ? AND review_id = ? AND id = ?
                """)) {
            update.setString(1, said.verdict());
            update.setString(2, actor);
            update.setObject(3, said.until() == null ? null : ReviewRows.utc(said.until()));
            update.setString(4, said.reason());
            update.setObject(5, tenant);
            update.setString(6, review);
            update.setString(7, said.id());
            update.executeUpdate();
        }
        say(connection, tenant, review, said.id(), said.verdict(), actor, said.until(), said.reason());
    }

    /** One word more, for ever. */
    static void say(
            Connection connection,
            UUID tenant,
            String review,
            String grant,
            String verdict,
            String actor,
            @Nullable Instant until,
            @Nullable String reason)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.access_attestations
                    (tenant_id, review_id, grant_id, verdict, attested_by, until, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)) {
            insert.setObject(1, tenant);
            insert.setString(2, review);
            insert.setString(3, grant);
            insert.setString(4, verdict);
            insert.setString(5, actor);
            insert.setObject(6, until == null ? null : ReviewRows.utc(until));
            insert.setString(7, reason);
            insert.executeUpdate();
        }
    }

    static void settle(Connection connection, UUID tenant, String review, String id, String outcome)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE authz.access_grants SET outcome = ?, outcome_at = clock_timestamp()
                WHERE tenant_id = ? AND review_id = ? AND id = ? AND outcome IS NULL
                """)) {
            update.setString(1, outcome);
            update.setObject(2, tenant);
            update.setString(3, review);
            update.setString(4, id);
            update.executeUpdate();
        }
    }

    /** All that was said in a review, in the order in which it was said; one more than the limit. */
    static List<Said> said(Connection connection, UUID tenant, String review, long after, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT said.number, given.subject_type, given.subject_id, given.grant_type, given.grant_id, said.verdict,
                    said.attested_by, said.attested_at, said.until, said.reason
                FROM authz.access_attestations AS said
                JOIN authz.access_grants AS given
                    ON given.tenant_id = said.tenant_id AND given.review_id = said.review_id AND given.id = said.grant_id
                WHERE said.tenant_id = ? AND said.review_id = ? AND said.number > ? ORDER BY said.number LIMIT ?
                """)) {
            select.setObject(1, tenant);
            select.setString(2, review);
            select.setLong(3, after);
            select.setInt(4, limit + 1);
            List<Said> all = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    all.add(new Said(
                            rows.getLong(1),
                            new Name(rows.getString(2), rows.getString(3)),
                            new Name(rows.getString(4), rows.getString(5)),
                            rows.getString(6),
                            rows.getString(7),
                            rows.getObject(8, OffsetDateTime.class).toInstant(),
                            ReviewRows.instant(rows, 9),
                            rows.getString(10)));
                }
            }
            return all;
        }
    }
}
