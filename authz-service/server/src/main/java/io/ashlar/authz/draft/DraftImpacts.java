package io.ashlar.authz.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.impact.Evidence;
import io.ashlar.authz.impact.ImpactGate;
import io.ashlar.authz.impact.ImpactRows;
import io.ashlar.authz.impact.Standing;
import io.ashlar.authz.journal.Decided;
import io.ashlar.authz.journal.DecisionJournal;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.publication.PolicySettings;
import io.ashlar.authz.review.PolicyReview;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.cedar.PolicySource;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of drafts' impacts, and who agrees to it. Blocks. */
@ApplicationScoped
class DraftImpacts {

    private final AuthzDatabase database;
    private final DraftStore store;
    private final PolicyReview review;
    private final ImpactGate gate;
    private final DecisionJournal journal;

    DraftImpacts(
            AuthzDatabase database, DraftStore store, PolicyReview review, ImpactGate gate, DecisionJournal journal) {
        this.database = database;
        this.store = store;
        this.review = review;
        this.gate = gate;
        this.journal = journal;
    }

    /** The tenant as it would be with the draft. */
    TenantSnapshot drafted(UUID tenant, String id, TenantSnapshot now) {
        DraftStore.Standing draft = valid(tenant, id);
        return gate.drafted(now, draft.draft().change().appliedTo(draft.present()));
    }

    /** What the results that are attached show. */
    Standing standing(UUID tenant, String id) {
        DraftStore.Standing standing = valid(tenant, id);
        Draft draft = standing.draft();
        Evidence evidence = database.inTenant(tenant, connection -> evidence(connection, tenant, draft));
        return gate.standing(tenant, evidence, draft.edition(), standing.present(), standing.next());
    }

    /** Attaches a result to the draft's present edition; the same again changes nothing. */
    Standing attach(Caller caller, String id, String jws, Expected expected) {
        UUID tenant = caller.requireTenant();
        DraftStore.Standing standing = valid(tenant, id);
        Draft read = standing.draft();
        expected.require(OptionalLong.of(read.edition()));
        PolicySet next = standing.next();
        String dataset = gate.accept(tenant, jws, standing.present(), next).dataset();
        database.inTenant(tenant, connection -> {
            ChangeCounter.lock(connection, tenant);
            Draft draft = same(connection, tenant, read);
            List<Evidence.Attached> present =
                    evidence(connection, tenant, draft).results();
            boolean known = present.stream().anyMatch(result -> result.jws().equals(jws));
            if (!known && present.size() >= gate.resultsMax()) {
                throw new ProblemException(
                        AuthzError.QUOTA_EXCEEDED, "results: an edition of a draft has at most " + gate.resultsMax());
            }
            ImpactRows.attach(connection, tenant, id, draft.edition(), dataset, jws, caller.subject());
            return true;
        });
        return standing(tenant, id);
    }

    /**
     * Agrees to what is gained, as one result or several show it.
     *
     * @param seen what the caller has read: {@link Standing#evidence()}
     */
    Standing approve(Caller caller, String id, String seen, @Nullable String reason, Expected expected) {
        UUID tenant = caller.requireTenant();
        database.inTenant(tenant, connection -> {
            ChangeCounter.lock(connection, tenant);
            Draft draft = DraftRows.find(connection, tenant, id).orElseThrow(DraftStore::notFound);
            expected.require(OptionalLong.of(draft.edition()));
            Evidence evidence = evidence(connection, tenant, draft);
            if (evidence.results().isEmpty()) {
                throw new ProblemException(DoorError.CONFLICT, "no result is attached to the draft as it is");
            }
            if (!evidence.digest().equals(seen)) {
                throw new ProblemException(
                        DoorError.CONFLICT, "the draft or its results are others than those of this evidence");
            }
            if (evidence.demand().twoPerson() && draft.changedBy().equals(caller.subject())) {
                throw new ProblemException(
                        AuthzError.SECOND_PERSON_REQUIRED,
                        "who edited the draft last may not approve what is gained by it in this tenant");
            }
            ImpactRows.approve(connection, tenant, id, draft.edition(), seen, caller.subject(), reason);
            record(
                    caller,
                    draft,
                    seen,
                    reason,
                    ChangeCounter.read(connection, tenant).orElseThrow());
            return true;
        });
        return standing(tenant, id);
    }

    private void record(Caller caller, Draft draft, String evidence, @Nullable String reason, Versions versions) {
        ObjectNode inputs = JsonNodeFactory.instance
                .objectNode()
                .put("edition", draft.edition())
                .put("evidence", evidence);
        if (reason != null) {
            inputs.put("reason", reason);
        }
        journal.record(new Decided(
                caller.requireTenant(),
                caller.subject(),
                caller.actingService(),
                "policy.approve",
                "PolicyDraft",
                draft.id(),
                true,
                List.of("approved"),
                versions,
                inputs));
    }

    private DraftStore.Standing valid(UUID tenant, String id) {
        DraftStore.Standing standing = store.standing(tenant, id);
        List<Fault> faults = new ArrayList<>();
        standing.draft()
                .change()
                .policies()
                .forEach((policy, text) ->
                        text.ifPresent(cedar -> faults.addAll(review.syntax(new PolicySource(policy, cedar)))));
        if (!faults.isEmpty()) {
            throw new ProblemException(AuthzError.POLICY_INVALID, "the policies are not valid", faults);
        }
        return standing;
    }

    private static Draft same(Connection connection, UUID tenant, Draft read) throws SQLException {
        Draft draft = DraftRows.find(connection, tenant, read.id()).orElseThrow(DraftStore::notFound);
        if (draft.edition() != read.edition()) {
            throw new ProblemException(DoorError.CONFLICT, "the draft has been changed meanwhile");
        }
        return draft;
    }

    private static Evidence evidence(Connection connection, UUID tenant, Draft draft) throws SQLException {
        return ImpactRows.evidence(
                connection,
                tenant,
                draft.id(),
                draft.edition(),
                draft.changedBy(),
                PolicySettings.read(connection, tenant).demand());
    }
}
