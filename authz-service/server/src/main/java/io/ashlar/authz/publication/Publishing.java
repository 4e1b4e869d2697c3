package io.ashlar.authz.publication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.AuthzError;
import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.database.QuotaConfig;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.impact.ImpactGate;
import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.policyset.PolicySets;
import io.ashlar.authz.policyset.VersionNote;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.publication.Publication.Impact;
import io.ashlar.authz.publication.Publication.Proposal;
import io.ashlar.authz.review.PolicyReview;
import io.ashlar.authz.snapshot.Snapshots;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts changes in force. Reviewing can take seconds, so it is done on what is read first; the transaction that writes goes on only
 * if that is still in force. Blocks; thread-safe.
 */
@ApplicationScoped
public class Publishing {

    /** Others may publish while a change is reviewed; whoever loses so often is told. */
    private static final int ATTEMPTS_MAX = 5;

    private final AuthzDatabase database;
    private final Snapshots snapshots;
    private final PolicyReview review;
    private final ImpactGate gate;
    private final QuotaConfig quota;

    Publishing(AuthzDatabase database, Snapshots snapshots, PolicyReview review, ImpactGate gate, QuotaConfig quota) {
        this.database = database;
        this.snapshots = snapshots;
        this.review = review;
        this.gate = gate;
        this.quota = quota;
    }

    /**
     * What came of it.
     *
     * @param version in force now
     * @param changed whether it is a new one
     */
    public record Published(long version, boolean changed) {}

    private record Prepared(PolicySet present, Proposal proposal) {}

    /**
     * Publishes.
     *
     * @throws ProblemException {@code policy_invalid}, {@code policy_tests_failed}, {@code quota_exceeded}, {@code conflict},
     *     {@code impact_required}, {@code gains_not_approved}
     */
    public Published publish(UUID tenant, String actor, Publication publication) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            Prepared prepared = database.inTenant(tenant, connection -> prepare(connection, tenant, publication));
            PolicySet present = prepared.present();
            PolicyChange change = prepared.proposal().change();
            if (change.isNothing()) {
                return new Published(present.version(), false);
            }
            PolicySet next = change.appliedTo(present);
            requireRoom(present, next);
            review.require(next, change.policies().keySet());
            String impact = opened(tenant, prepared.proposal(), present, next);
            Optional<Published> published = snapshots.changing(
                    tenant,
                    () -> database.inTenant(
                            tenant, connection -> write(connection, tenant, actor, publication, prepared, impact)));
            if (published.isPresent()) {
                return published.get();
            }
        }
        throw new ProblemException(DoorError.CONFLICT, "others kept changing the policies; try again");
    }

    /** What was shown and approved; null where nothing is asked for. */
    private @Nullable String opened(UUID tenant, Proposal proposal, PolicySet present, PolicySet next) {
        Impact impact = proposal.impact();
        if (!impact.demand().required() || !proposal.change().isOfPolicies()) {
            return null;
        }
        ObjectNode opened =
                switch (impact) {
                    case Impact.Shown shown -> gate.require(tenant, shown.evidence(), shown.edition(), present, next);
                    case Impact.Unknown unknown -> gate.requireNarrower(present, next, unknown.instead());
                };
        return opened.toString();
    }

    private static Prepared prepare(Connection connection, UUID tenant, Publication publication) throws SQLException {
        Versions versions = ChangeCounter.read(connection, tenant)
                .orElseThrow(() -> new ProblemException(AuthzError.TENANT_UNKNOWN, "the tenant does not exist"));
        PolicySet present = PolicySets.at(connection, tenant, versions.policyVersion());
        return new Prepared(present, publication.propose(connection, tenant, present));
    }

    private Optional<Published> write(
            Connection connection,
            UUID tenant,
            String actor,
            Publication publication,
            Prepared prepared,
            @Nullable String impact)
            throws SQLException {
        publication.hold(connection);
        ChangeCounter.lock(connection, tenant);
        if (!prepare(connection, tenant, publication).equals(prepared)) {
            return Optional.empty();
        }
        Versions versions = ChangeCounter.count(connection, tenant, ChangeCounter.Kind.POLICY);
        Proposal proposal = prepared.proposal();
        VersionNote note = new VersionNote(
                versions.policyVersion(),
                proposal.kind(),
                proposal.source(),
                proposal.reason(),
                proposal.draftedBy(),
                actor,
                impact);
        PolicySets.write(connection, tenant, prepared.present(), proposal.change(), note);
        publication.published(connection, tenant, versions.policyVersion());
        // Announced before the commit: at worst a snapshot is read once more.
        snapshots.require(tenant, versions.revision());
        return Optional.of(new Published(versions.policyVersion(), true));
    }

    private void requireRoom(PolicySet present, PolicySet next) {
        int wanted = next.policies().size();
        if (wanted > quota.policies() && wanted > present.policies().size()) {
            throw new ProblemException(AuthzError.QUOTA_EXCEEDED, "policies: a tenant has at most " + quota.policies());
        }
    }
}
