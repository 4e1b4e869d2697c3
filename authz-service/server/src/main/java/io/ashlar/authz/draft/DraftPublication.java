package io.ashlar.authz.draft;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.impact.ImpactRows;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.policyset.HeldSet;
import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.policyset.PolicySets;
import io.ashlar.authz.policyset.VersionNote;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.publication.PolicySettings;
import io.ashlar.authz.publication.Publication;
import io.ashlar.authz.shared.SharedRows;
import io.ashlar.filter.dsl.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a draft and removes it.
 *
 * @param id the draft's
 * @param actor who publishes
 * @param expected the edition that the publisher has read
 * @param reason instead of the draft's
 * @param mayChoose whether the publisher may also say which shared sets hold
 */
record DraftPublication(
        String id,
        String actor,
        Expected expected,
        @Nullable String reason,
        boolean mayChoose) implements Publication {

    private static final int NAMED_MAX = 100;

    @Override
    public Proposal propose(Connection connection, UUID tenant, PolicySet present) throws SQLException {
        Draft draft = DraftRows.find(connection, tenant, id).orElseThrow(DraftStore::notFound);
        expected.require(OptionalLong.of(draft.edition()));
        PolicySettings settings = PolicySettings.read(connection, tenant);
        if (settings.twoPerson() && draft.changedBy().equals(actor)) {
            throw new ProblemException(
                    AuthzError.SECOND_PERSON_REQUIRED, "who edited the draft last may not publish it in this tenant");
        }
        requireUpToDate(PolicySets.at(connection, tenant, draft.baseVersion()), present);
        PolicyChange change = draft.change().reducedTo(present);
        if (change.isNothing()) {
            throw new ProblemException(DoorError.CONFLICT, "the draft changes nothing");
        }
        requireNewest(connection, change);
        if (!change.shared().isEmpty() && !mayChoose) {
            throw new ProblemException(
                    DoorError.FORBIDDEN,
                    "the draft says which shared sets hold: who publishes it may also " + DraftPublishing.CHOOSE);
        }
        return new Proposal(
                change,
                VersionNote.Kind.PUBLISH,
                id,
                reason == null ? draft.reason() : reason,
                draft.changedBy(),
                new Impact.Shown(
                        ImpactRows.evidence(
                                connection, tenant, id, draft.edition(), draft.changedBy(), settings.demand()),
                        draft.edition()));
    }

    /** What was read and compared must be what is replaced; shared sets that the draft does not name may move meanwhile. */
    private static void requireUpToDate(PolicySet base, PolicySet present) {
        PolicyChange since = PolicyChange.between(base, present);
        if (since.isNothing()) {
            return;
        }
        List<Fault> faults = new ArrayList<>();
        since.policies().keySet().stream()
                .limit(NAMED_MAX)
                .forEach(policy -> faults.add(changed("/policies/" + policy)));
        since.documents().keySet().forEach(document -> faults.add(changed('/' + document.label())));
        throw new ProblemException(
                AuthzError.DRAFT_OUTDATED,
                "version " + present.version() + " is in force; the draft was written against " + base.version(),
                faults);
    }

    /** What was read and compared of a shared set must be what is taken, and a tenant takes the newest version. */
    private static void requireNewest(Connection connection, PolicyChange change) throws SQLException {
        SortedMap<String, OptionalLong> choices = new TreeMap<>();
        change.shared()
                .forEach((set, held) -> choices.put(
                        set, held.map(HeldSet::version).map(OptionalLong::of).orElse(OptionalLong.empty())));
        List<Fault> faults = new ArrayList<>();
        SharedRows.check(connection, choices, faults);
        if (!faults.isEmpty()) {
            throw new ProblemException(
                    AuthzError.DRAFT_OUTDATED,
                    "a shared set has a newer version than the draft was written for",
                    faults);
        }
    }

    private static Fault changed(String pointer) {
        return new Fault("changed_since_base", pointer, "was changed since the draft's base version");
    }

    /** A shared set that is published meanwhile is published before or after, not in between. */
    @Override
    public void hold(Connection connection) throws SQLException {
        SharedRows.holdNewest(connection);
    }

    @Override
    public void published(Connection connection, UUID tenant, long version) throws SQLException {
        DraftRows.delete(connection, tenant, id);
        ImpactRows.forget(connection, tenant, id);
    }
}
