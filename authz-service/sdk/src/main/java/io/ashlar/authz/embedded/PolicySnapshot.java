package io.ashlar.authz.embedded;

import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.value.EntityFacts;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Everything that decides for a tenant, at one revision.
 *
 * @param head whose, and at which versions
 * @param policies in order of their ids
 * @param principals users, groups and roles, and whatever else authz owns
 */
public record PolicySnapshot(Head head, List<PolicySource> policies, List<EntityFacts> principals) {

    public PolicySnapshot {
        policies = List.copyOf(policies);
        principals = List.copyOf(principals);
    }

    /**
     * What a snapshot is of.
     *
     * @param tenant whose
     * @param revision the tenant's counter of changes
     * @param policyVersion the tenant's counter of published policies
     * @param offset every change that precedes this offset of the change topic is in the snapshot
     * @param ownTypes Cedar types whose entities authz owns: what a question says of them is not taken
     */
    public record Head(UUID tenant, long revision, long policyVersion, long offset, Set<String> ownTypes) {

        public Head {
            ownTypes = Set.copyOf(ownTypes);
        }

        /** Equal for snapshots that decide alike; quoted, as HTTP wants it. */
        public String etag() {
            return "\"" + revision + '-' + policyVersion + '"';
        }
    }
}
