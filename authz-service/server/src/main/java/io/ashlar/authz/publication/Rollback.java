package io.ashlar.authz.publication;

import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.policyset.PolicySets;
import io.ashlar.authz.policyset.VersionNote;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts an earlier version in force again, as a new one. All of it was reviewed when it was first published, and in an emergency
 * nothing should stand in the way. Shared sets are the platform's, and stay as they are.
 *
 * @param version to go back to
 * @param reason in words
 */
record Rollback(long version, @Nullable String reason) implements Publication {

    @Override
    public Proposal propose(Connection connection, UUID tenant, PolicySet present) throws SQLException {
        if (version < 1 || version > present.version()) {
            throw new ProblemException(DoorError.NOT_FOUND, "there is no such version");
        }
        PolicySet wanted = PolicySets.at(connection, tenant, version);
        return new Proposal(
                PolicyChange.between(present, wanted),
                VersionNote.Kind.ROLLBACK,
                Long.toString(version),
                reason,
                null,
                true);
    }
}
