package io.ashlar.authz.accessreview;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.accessreview.Grant.Attestation;
import io.ashlar.authz.accessreview.Grant.Said;
import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.journal.Decided;
import io.ashlar.authz.journal.DecisionJournal;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.principal.GrantedNames;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.snapshot.Snapshots;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Access reviews in PostgreSQL, and the words of reviewers. Blocks. */
@ApplicationScoped
class AccessReviews {

    private static final Set<String> ENDED = Set.of("revoked", "lapsed", "gone", "renewed");

    private final AuthzDatabase database;
    private final Snapshots snapshots;
    private final GrantedNames granted;
    private final DecisionJournal journal;
    private final AccessReviewConfig config;

    AccessReviews(
            AuthzDatabase database,
            Snapshots snapshots,
            GrantedNames granted,
            DecisionJournal journal,
            AccessReviewConfig config) {
        this.database = database;
        this.snapshots = snapshots;
        this.granted = granted;
        this.journal = journal;
        this.config = config;
    }

    /** What was written. */
    record Written(Review.Whole whole, boolean created) {}

    /** A part of all that was said. */
    record Evidence(Review.Whole whole, List<Said> said) {}

    List<Review> list(UUID tenant, Slice slice) {
        return database.inTenant(tenant, connection -> ReviewRows.list(connection, tenant, slice));
    }

    Review.Whole find(UUID tenant, String id) {
        return database.inTenant(tenant, connection -> whole(connection, tenant, id));
    }

    /** Begins a review of the grants of now; the same again changes nothing. */
    Written put(UUID tenant, String actor, Review.Wanted wanted) {
        return database.inTenant(tenant, connection -> {
            ChangeCounter.lock(connection, tenant);
            Optional<Review> present = ReviewRows.find(connection, tenant, wanted.id());
            if (present.isPresent()) {
                if (!wanted.saysTheSame(present.get())) {
                    throw new ProblemException(DoorError.CONFLICT, "a review stays as it began; begin another one");
                }
                return new Written(whole(connection, tenant, wanted.id()), false);
            }
            if (ReviewRows.countOpen(connection, tenant) >= config.openMax()) {
                throw new ProblemException(
                        AuthzError.QUOTA_EXCEEDED, "reviews: a tenant has at most " + config.openMax() + " open ones");
            }
            long revision = ChangeCounter.read(connection, tenant).orElseThrow().revision();
            ReviewRows.insert(connection, tenant, wanted, revision, actor);
            if (ReviewRows.takeIn(connection, tenant, wanted, config.grantsMax()) > config.grantsMax()) {
                throw new ProblemException(
                        AuthzError.QUOTA_EXCEEDED,
                        "grants: a review has at most " + config.grantsMax() + "; name roles and groups");
            }
            return new Written(whole(connection, tenant, wanted.id()), true);
        });
    }

    List<Grant> grants(UUID tenant, String id, boolean unattested, Slice slice) {
        List<Grant> grants = database.inTenant(tenant, connection -> {
            require(connection, tenant, id);
            return GrantRows.list(connection, tenant, id, unattested, slice);
        });
        GrantedActions actions = new GrantedActions(snapshots.get(tenant));
        return grants.stream()
                .map(grant -> grant.with(actions.of(grant.grant())))
                .toList();
    }

    Evidence evidence(UUID tenant, String id, long after, int limit) {
        return database.inTenant(
                tenant,
                connection -> new Evidence(
                        whole(connection, tenant, id), GrantRows.said(connection, tenant, id, after, limit)));
    }

    /**
     * Takes the words of one reviewer, all or none; what is revoked is taken away at once.
     *
     * @throws ProblemException {@code access_review_closed}, {@code attestation_invalid} with all faults
     */
    Review.Whole attest(Caller caller, String id, List<Attestation> items) {
        UUID tenant = caller.requireTenant();
        return snapshots.changing(
                tenant,
                () -> database.inTenant(tenant, connection -> {
                    ChangeCounter.lock(connection, tenant);
                    Review review = require(connection, tenant, id);
                    if (review.closedAt() != null || ReviewRows.isPast(connection, review.dueAt())) {
                        throw new ProblemException(
                                AuthzError.ACCESS_REVIEW_CLOSED, "the review was due at " + review.dueAt());
                    }
                    List<Attestation> news = news(connection, tenant, caller.subject(), id, items);
                    for (Attestation item : news) {
                        attest(connection, caller, id, item);
                    }
                    return whole(connection, tenant, id);
                }));
    }

    /** What has not been said in the same words by the same person. */
    private static List<Attestation> news(
            Connection connection, UUID tenant, String actor, String review, List<Attestation> items)
            throws SQLException {
        List<Fault> faults = new ArrayList<>();
        List<Attestation> news = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Attestation item = items.get(i);
            String at = "/items/" + i;
            Optional<Grant> found = GrantRows.find(connection, tenant, review, item.id());
            if (found.isEmpty()) {
                faults.add(new Fault("unknown_grant", at, "is no grant of this review"));
                continue;
            }
            Grant grant = found.get();
            if (isSaid(item, grant, actor)) {
                continue;
            }
            if (grant.outcome() != null && ENDED.contains(grant.outcome())) {
                faults.add(new Fault("grant_ended", at, "the grant has ended: " + grant.outcome()));
            } else if (item.keep()
                    && item.subject().type().equals("User")
                    && item.subject().id().equals(actor)) {
                faults.add(new Fault("own_grant", at, "nobody keeps a grant of their own"));
            } else {
                news.add(item);
            }
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(
                    AuthzError.ATTESTATION_INVALID, "attestations cannot be as they are written", faults);
        }
        return news;
    }

    private static boolean isSaid(Attestation item, Grant grant, String actor) {
        return item.verdict().equals(grant.verdict())
                && actor.equals(grant.attestedBy())
                && Objects.equals(item.until(), grant.until())
                && Objects.equals(item.reason(), grant.reason());
    }

    private void attest(Connection connection, Caller caller, String review, Attestation item) throws SQLException {
        UUID tenant = caller.requireTenant();
        String actor = caller.subject();
        GrantRows.attest(connection, tenant, review, item, actor);
        if (!item.keep()) {
            boolean taken = Lapsing.withdraw(granted, connection, tenant, item.subject(), item.grant(), actor);
            GrantRows.settle(connection, tenant, review, item.id(), taken ? "revoked" : "gone");
        }
        record(connection, tenant, caller, review, item);
    }

    private void record(Connection connection, UUID tenant, Caller caller, String review, Attestation said)
            throws SQLException {
        ObjectNode inputs =
                JsonNodeFactory.instance.objectNode().put("grant", said.id()).put("verdict", said.verdict());
        if (said.until() != null) {
            inputs.put("until", said.until().toString());
        }
        Versions versions = ChangeCounter.read(connection, tenant).orElseThrow();
        journal.record(new Decided(
                tenant,
                caller.subject(),
                caller.actingService(),
                "access.attest",
                "AccessReview",
                review,
                true,
                List.of(said.verdict()),
                versions,
                inputs));
    }

    private static Review.Whole whole(Connection connection, UUID tenant, String id) throws SQLException {
        return new Review.Whole(require(connection, tenant, id), GrantRows.counts(connection, tenant, id));
    }

    private static Review require(Connection connection, UUID tenant, String id) throws SQLException {
        return ReviewRows.find(connection, tenant, id)
                .orElseThrow(() -> new ProblemException(DoorError.NOT_FOUND, "there is no such review"));
    }
}
