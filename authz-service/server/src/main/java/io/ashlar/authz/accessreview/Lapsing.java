package io.ashlar.authz.accessreview;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.database.SystemDatabase;
import io.ashlar.authz.journal.Decided;
import io.ashlar.authz.journal.DecisionJournal;
import io.ashlar.authz.principal.GrantedNames;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.snapshot.Snapshots;
import io.ashlar.guard.tenant.SqlFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Ends what nobody has kept by its date. Any instance may do it, and what one has in hand another passes by; a grant and what became
 * of it change in one transaction, so each ends once. Blocks; thread-safe.
 */
@ApplicationScoped
class Lapsing {

    private static final Logger LOG = Logger.getLogger(Lapsing.class);

    /** Reviews looked at in one go; the others are the next go's. */
    private static final int REVIEWS_MAX = 100;

    /** Grants ended in one transaction, which holds the tenant's counters. */
    private static final int GRANTS_MAX = 100;

    private final SystemDatabase system;
    private final AuthzDatabase database;
    private final Snapshots snapshots;
    private final GrantedNames granted;
    private final DecisionJournal journal;

    Lapsing(
            SystemDatabase system,
            AuthzDatabase database,
            Snapshots snapshots,
            GrantedNames granted,
            DecisionJournal journal) {
        this.system = system;
        this.database = database;
        this.snapshots = snapshots;
        this.granted = granted;
        this.journal = journal;
    }

    private record Due(UUID tenant, String review) {}

    /** Looks once at all dates; returns how many grants have ended. What fails for one review keeps no other waiting. */
    int run() {
        int ended = 0;
        for (Due due : system.call(Lapsing::due)) {
            try {
                ended += end(due);
            } catch (SqlFailedException | ProblemException e) {
                LOG.warnf(e, "event=access_lapse_failed tenant=%s review=%s", due.tenant(), due.review());
            }
        }
        return ended;
    }

    private int end(Due due) {
        int ended = 0;
        int part;
        do {
            part = snapshots.changing(
                    due.tenant(), () -> database.inTenant(due.tenant(), connection -> end(connection, due)));
            ended += part;
        } while (part == GRANTS_MAX);
        return ended;
    }

    private static List<Due> due(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT tenant_id, id FROM authz.access_reviews WHERE closed_at IS NULL AND due_at <= clock_timestamp()
                UNION
                SELECT review.tenant_id, review.id FROM authz.access_reviews AS review
                WHERE review.lapse AND EXISTS (
                    SELECT FROM authz.access_grants AS given
                    WHERE given.tenant_id = review.tenant_id AND given.review_id = review.id
                        AND given.outcome IS NULL AND given.verdict = 'keep' AND given.until <= clock_timestamp()
                )
                ORDER BY 1, 2 LIMIT ?
                """)) {
            select.setInt(1, REVIEWS_MAX);
            List<Due> due = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    due.add(new Due(rows.getObject(1, UUID.class), rows.getString(2)));
                }
            }
            return due;
        }
    }

    /** How many grants were looked at; the review is closed when none is left and its date has passed. */
    private int end(Connection connection, Due due) throws SQLException {
        UUID tenant = due.tenant();
        if (!ReviewRows.seize(connection, tenant, due.review())) {
            return 0;
        }
        ChangeCounter.lock(connection, tenant);
        Review review = ReviewRows.find(connection, tenant, due.review()).orElseThrow();
        List<Grant> grants =
                review.lapse() ? GrantRows.due(connection, tenant, review.id(), GRANTS_MAX) : List.<Grant>of();
        for (Grant grant : grants) {
            end(connection, tenant, review, grant);
        }
        if (grants.size() < GRANTS_MAX && ReviewRows.isPast(connection, review.dueAt())) {
            ReviewRows.close(connection, tenant, review.id());
        }
        if (!grants.isEmpty()) {
            LOG.infof("event=access_lapsed tenant=%s review=%s grants=%d", tenant, review.id(), grants.size());
        }
        return grants.size();
    }

    private void end(Connection connection, UUID tenant, Review review, Grant grant) throws SQLException {
        if (GrantRows.isRenewed(connection, tenant, review, grant)) {
            GrantRows.settle(connection, tenant, review.id(), grant.id(), "renewed");
        } else if (isLastAdmin(connection, tenant, grant)) {
            settle(connection, tenant, review, grant, "spare", "spared");
        } else {
            boolean taken = withdraw(granted, connection, tenant, grant.subject(), grant.grant(), actor(review));
            settle(connection, tenant, review, grant, "lapse", taken ? "lapsed" : "gone");
        }
    }

    /** Whether there was still something to take. */
    static boolean withdraw(
            GrantedNames granted,
            Connection connection,
            UUID tenant,
            Grant.Name subject,
            Grant.Name grant,
            String actor)
            throws SQLException {
        boolean role = grant.type().equals("Role");
        return granted.withdraw(
                connection,
                tenant,
                subject.type().equals("Group"),
                subject.id(),
                role ? Set.of(grant.id()) : Set.of(),
                role ? Set.of() : Set.of(grant.id()),
                actor);
    }

    /** A date must not leave a tenant without anybody who could undo what it did. */
    private boolean isLastAdmin(Connection connection, UUID tenant, Grant grant) throws SQLException {
        return grant.subject().type().equals("User")
                && grant.grant().equals(new Grant.Name("Role", "admin"))
                && granted.isLastAdmin(connection, tenant, grant.subject().id());
    }

    private void settle(Connection connection, UUID tenant, Review review, Grant grant, String said, String outcome)
            throws SQLException {
        GrantRows.settle(connection, tenant, review.id(), grant.id(), outcome);
        GrantRows.say(connection, tenant, review.id(), grant.id(), said, actor(review), null, null);
        journal.record(new Decided(
                tenant,
                actor(review),
                null,
                "access.lapse",
                "AccessReview",
                review.id(),
                true,
                List.of(outcome),
                ChangeCounter.read(connection, tenant).orElseThrow(),
                JsonNodeFactory.instance.objectNode().put("grant", grant.id())));
    }

    /** Nobody's {@code sub}. */
    private static String actor(Review review) {
        return "access-review:" + review.id();
    }
}
