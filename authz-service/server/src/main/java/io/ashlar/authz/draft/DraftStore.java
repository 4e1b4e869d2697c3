package io.ashlar.authz.draft;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.database.AuthzDatabase;
import io.ashlar.authz.database.ChangeCounter;
import io.ashlar.authz.database.QuotaConfig;
import io.ashlar.authz.impact.ImpactRows;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.policyset.PolicySets;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.shared.SharedRows;
import io.ashlar.filter.dsl.Fault;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Drafts in PostgreSQL. Blocks. */
@ApplicationScoped
class DraftStore {

    private final AuthzDatabase database;
    private final QuotaConfig quota;

    DraftStore(AuthzDatabase database, QuotaConfig quota) {
        this.database = database;
        this.quota = quota;
    }

    /** What was written. */
    record Written(Draft draft, boolean created) {}

    /**
     * A draft between what it was written against and what is in force.
     *
     * @param base the set at its base version
     * @param present the set in force
     */
    record Standing(Draft draft, PolicySet base, PolicySet present) {

        /** The set as it would be if the draft were published now. */
        PolicySet next() {
            return draft.change().appliedTo(present);
        }
    }

    static ProblemException notFound() {
        return new ProblemException(DoorError.NOT_FOUND, "there is no such draft");
    }

    Draft find(UUID tenant, String id) {
        return database.inTenant(tenant, connection -> DraftRows.find(connection, tenant, id))
                .orElseThrow(DraftStore::notFound);
    }

    List<Draft> list(UUID tenant, Slice slice) {
        return database.inTenant(tenant, connection -> DraftRows.list(connection, tenant, slice));
    }

    Standing standing(UUID tenant, String id) {
        return database.inTenant(tenant, connection -> {
            Draft draft = DraftRows.find(connection, tenant, id).orElseThrow(DraftStore::notFound);
            return new Standing(
                    draft,
                    PolicySets.at(connection, tenant, draft.baseVersion()),
                    PolicySets.at(connection, tenant, newest(connection, tenant)));
        });
    }

    Written put(UUID tenant, String actor, DraftReader.Wanted wanted, Expected expected) {
        return database.inTenant(tenant, connection -> {
            ChangeCounter.lock(connection, tenant);
            Optional<Draft> present = DraftRows.find(connection, tenant, wanted.id());
            require(expected, present);
            long newest = newest(connection, tenant);
            long base = wanted.baseVersion().orElse(newest);
            PolicyChange change = change(connection, tenant, wanted, base, newest);
            if (present.isEmpty() && DraftRows.count(connection, tenant) >= quota.drafts()) {
                throw new ProblemException(AuthzError.QUOTA_EXCEEDED, "drafts: a tenant has at most " + quota.drafts());
            }
            ImpactRows.forget(connection, tenant, wanted.id());
            DraftRows.put(connection, tenant, wanted.id(), base, change, wanted.reason(), actor);
            Draft written = DraftRows.find(connection, tenant, wanted.id()).orElseThrow();
            return new Written(written, present.isEmpty());
        });
    }

    /** What it comes to, written out: whoever reads the draft sees what would be different. */
    private static PolicyChange change(
            Connection connection, UUID tenant, DraftReader.Wanted wanted, long base, long newest) throws SQLException {
        List<Fault> faults = new ArrayList<>();
        requireVersion(base, newest, "/base_version", faults);
        wanted.rollbackTo().ifPresent(version -> requireVersion(version, newest, "/rollback_to", faults));
        SharedRows.check(connection, wanted.choices(), faults);
        Bodies.refuse(faults);
        PolicyChange change = wanted.change().and(SharedRows.chosen(connection, wanted.choices()));
        if (wanted.rollbackTo().isEmpty()) {
            return change;
        }
        PolicySet earlier =
                PolicySets.at(connection, tenant, wanted.rollbackTo().getAsLong());
        return PolicyChange.between(PolicySets.at(connection, tenant, base), earlier)
                .and(change);
    }

    private static void requireVersion(long version, long newest, String pointer, List<Fault> faults) {
        if (version < 1 || version > newest) {
            faults.add(new Fault("out_of_range", pointer, "expected 1 to " + newest));
        }
    }

    void delete(UUID tenant, String id, Expected expected) {
        database.inTenant(tenant, connection -> {
            ChangeCounter.lock(connection, tenant);
            Optional<Draft> present = DraftRows.find(connection, tenant, id);
            require(expected, present);
            if (!DraftRows.delete(connection, tenant, id)) {
                throw notFound();
            }
            ImpactRows.forget(connection, tenant, id);
            return true;
        });
    }

    private static long newest(Connection connection, UUID tenant) throws SQLException {
        return ChangeCounter.read(connection, tenant)
                .orElseThrow(() -> new ProblemException(AuthzError.TENANT_UNKNOWN, "the tenant does not exist"))
                .policyVersion();
    }

    private static void require(Expected expected, Optional<Draft> present) {
        expected.require(present.map(draft -> OptionalLong.of(draft.edition())).orElse(OptionalLong.empty()));
    }
}
