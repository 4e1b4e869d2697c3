package io.ashlar.authz.policy;

import io.ashlar.authz.AuthzError;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.policyset.VersionNote;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.publication.PolicySettings;
import io.ashlar.authz.publication.Publication;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A change of one policy that is put in force at once, as a version of its own.
 *
 * @param id the policy's
 * @param text its new text; empty to take it out of force
 * @param expected what the client has read
 */
record LiveEdit(String id, Optional<String> text, Expected expected) implements Publication {

    private static final String DRAFT = "this tenant's settings ask for a draft, /api/v1/policy-drafts";

    @Override
    public Proposal propose(Connection connection, UUID tenant, PolicySet present) throws SQLException {
        PolicySettings settings = PolicySettings.read(connection, tenant);
        if (!settings.allowLiveEdits()) {
            throw new ProblemException(AuthzError.REVIEW_REQUIRED, DRAFT);
        }
        Optional<StoredPolicy> stored = PolicyStore.find(connection, tenant, id, Long.MAX_VALUE);
        expected.require(stored.map(policy -> OptionalLong.of(policy.version())).orElse(OptionalLong.empty()));
        PolicyChange change = PolicyChange.of(id, text).reducedTo(present);
        return new Proposal(
                change, VersionNote.Kind.EDIT, null, null, null, new Impact.Unknown(settings.demand(), DRAFT));
    }
}
