package io.ashlar.authz.publication;

import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.policyset.PolicySets;
import io.ashlar.authz.policyset.VersionNote;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts an earlier version in force again, as a new one. It was reviewed when it was first published, but the platform's shared sets,
 * which stay as they are, may have moved since: it is reviewed as any change is. Where the tenant asks for impacts it goes on alone
 * only if nobody can gain by it; none can be shown of something that is no draft.
 *
 * @param version to go back to
 * @param reason in words
 */
record Rollback(long version, @Nullable String reason) implements Publication {

    @Override
    public Proposal propose(Connection connection, UUID tenant, PolicySet present) throws SQLException {
        if (version < 1 || version > present.version()) {
            throw VersionStore.notFound();
        }
        PolicySet wanted = PolicySets.at(connection, tenant, version);
        return new Proposal(
                PolicyChange.between(present, wanted),
                VersionNote.Kind.ROLLBACK,
                Long.toString(version),
                reason,
                null,
                new Impact.Unknown(
                        PolicySettings.read(connection, tenant).demand(),
                        "put a draft of it, /api/v1/policy-drafts/{id} with {\"rollback_to\":" + version + "}"));
    }
}
