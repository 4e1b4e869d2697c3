package io.ashlar.authz.publication;

import io.ashlar.authz.impact.Evidence;
import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.policyset.VersionNote;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that wants to change what is in force. Asked twice: before the review, and in the transaction that writes. */
public interface Publication {

    /**
     * The change that is wanted.
     *
     * @throws io.ashlar.authz.problem.ProblemException if it may not be made
     */
    Proposal propose(Connection connection, UUID tenant, PolicySet present) throws SQLException;

    /** In the transaction that wrote {@code version}; not called where nothing changes. */
    default void published(Connection connection, UUID tenant, long version) throws SQLException {}

    /**
     * A change with its origin.
     *
     * @param change what shall be different
     * @param kind how the version comes to be
     * @param source the draft or the version it comes from
     * @param reason in words
     * @param draftedBy who last edited it, if it was drafted
     * @param reviewed whether all of it was in force before, and need not be reviewed again
     * @param shown what is known of its impact; null where none can be
     */
    record Proposal(
            PolicyChange change,
            VersionNote.Kind kind,
            @Nullable String source,
            @Nullable String reason,
            @Nullable String draftedBy,
            boolean reviewed,
            @Nullable Shown shown) {

        /** A change that comes without an impact. */
        public Proposal(
                PolicyChange change,
                VersionNote.Kind kind,
                @Nullable String source,
                @Nullable String reason,
                @Nullable String draftedBy,
                boolean reviewed) {
            this(change, kind, source, reason, draftedBy, reviewed, null);
        }

        /** What must be shown of its impact; empty where nothing must. */
        Optional<Shown> demanded() {
            return Optional.ofNullable(shown)
                    .filter(impact -> impact.evidence().demand().required()
                            && !change.policies().isEmpty());
        }
    }

    /**
     * What is known of a draft's impact.
     *
     * @param edition of the draft
     */
    record Shown(Evidence evidence, long edition) {}
}
