package io.ashlar.authz.publication;

import io.ashlar.authz.impact.Evidence;
import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.policyset.VersionNote;
import java.sql.Connection;
import java.sql.SQLException;
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

    /** In the transaction that is about to write, before any row is locked. */
    default void hold(Connection connection) throws SQLException {}

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
     * @param impact what is known of it; every change says so, or nobody would ask
     */
    record Proposal(
            PolicyChange change,
            VersionNote.Kind kind,
            @Nullable String source,
            @Nullable String reason,
            @Nullable String draftedBy,
            Impact impact) {}

    /** What is known of a change's impact. */
    sealed interface Impact {

        /** What the tenant asks for. */
        Evidence.Demand demand();

        /**
         * Results can be attached.
         *
         * @param edition of the draft that they are attached to
         */
        record Shown(Evidence evidence, long edition) implements Impact {

            @Override
            public Evidence.Demand demand() {
                return evidence.demand();
            }
        }

        /**
         * None can.
         *
         * @param instead what can be done where the tenant asks for them
         */
        record Unknown(Evidence.Demand demand, String instead) implements Impact {}
    }
}
