package io.ashlar.authz.impact;

import io.ashlar.authz.impact.Evidence.Approval;
import io.ashlar.authz.impact.Evidence.Attached;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements over {@code authz.draft_impacts} and {@code authz.draft_approvals}, within somebody's transaction. */
public final class ImpactRows {

    private ImpactRows() {}

    /**
     * All that counts for a draft in one edition.
     *
     * @param author who edited it last
     */
    public static Evidence evidence(
            Connection connection, UUID tenant, String draft, long edition, String author, Evidence.Demand demand)
            throws SQLException {
        List<Attached> results = results(connection, tenant, draft, edition);
        String digest = Evidence.digest(draft, edition, results);
        return new Evidence(demand, author, digest, results, approvals(connection, tenant, draft, edition, digest));
    }

    private static List<Attached> results(Connection connection, UUID tenant, String draft, long edition)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, dataset, jws, attached_by, attached_at FROM authz.draft_impacts
                WHERE tenant_id = ? AND draft_id = ? AND edition = ? ORDER BY id
                """)) {
            select.setObject(1, tenant);
            select.setString(2, draft);
            select.setLong(3, edition);
            List<Attached> results = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    results.add(new Attached(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getObject(5, OffsetDateTime.class).toInstant()));
                }
            }
            return results;
        }
    }

    private static List<Approval> approvals(
            Connection connection, UUID tenant, String draft, long edition, String evidence) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT approved_by, approved_at, reason FROM authz.draft_approvals
                WHERE tenant_id = ? AND draft_id = ? AND edition = ? AND evidence = ? ORDER BY approved_by
                """)) {
            select.setObject(1, tenant);
            select.setString(2, draft);
            select.setLong(3, edition);
            select.setString(4, evidence);
            List<Approval> approvals = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    approvals.add(new Approval(
                            rows.getString(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant(),
                            rows.getString(3)));
                }
            }
            return approvals;
        }
    }

    /** The same result again changes nothing. */
    public static void attach(
            Connection connection, UUID tenant, String draft, long edition, String dataset, String jws, String actor)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.draft_impacts (tenant_id, draft_id, edition, id, dataset, jws, attached_by)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)) {
            insert.setObject(1, tenant);
            insert.setString(2, draft);
            insert.setLong(3, edition);
            insert.setString(4, Evidence.sha256(jws));
            insert.setString(5, dataset);
            insert.setString(6, jws);
            insert.setString(7, actor);
            insert.executeUpdate();
        }
    }

    /** The same approval again changes nothing. */
    public static void approve(
            Connection connection,
            UUID tenant,
            String draft,
            long edition,
            String evidence,
            String actor,
            @Nullable String reason)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.draft_approvals (tenant_id, draft_id, edition, evidence, approved_by, reason)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)) {
            insert.setObject(1, tenant);
            insert.setString(2, draft);
            insert.setLong(3, edition);
            insert.setString(4, evidence);
            insert.setString(5, actor);
            insert.setString(6, reason);
            insert.executeUpdate();
        }
    }

    /** What was said of any edition of a draft; it is written anew, thrown away or in force. */
    public static void forget(Connection connection, UUID tenant, String draft) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM authz.draft_impacts WHERE tenant_id = ? AND draft_id = ?")) {
            delete.setObject(1, tenant);
            delete.setString(2, draft);
            delete.executeUpdate();
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM authz.draft_approvals WHERE tenant_id = ? AND draft_id = ?")) {
            delete.setObject(1, tenant);
            delete.setString(2, draft);
            delete.executeUpdate();
        }
    }
}
