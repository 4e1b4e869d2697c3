package io.ashlar.router.flight;

import io.ashlar.router.topology.WalMath;
import java.util.Map;
import java.util.UUID;

/**
 * What the first proof must show.
 *
 * @param tenant of the seal
 * @param primary whether the node was chosen as the primary
 * @param timeline that the primary must be on
 * @param lsn in bytes; 0 asks for nothing
 * @param offsets next offsets by topic number and partition
 */
public record Demand(UUID tenant, boolean primary, int timeline, long lsn, Map<Short, Map<Integer, Long>> offsets) {

    /** How a proof compares. */
    public enum Verdict {
        MET,
        /** The transaction is not the tenant's: nothing of it may leave. */
        TENANT_LOST,
        /** The node is no longer what it was chosen as. */
        ROLE_CHANGED,
        /** It has not seen enough. */
        BEHIND
    }

    public Demand {
        offsets = Map.copyOf(offsets);
    }

    public Verdict judge(Proof proof) {
        if (!isTenant(proof)) {
            return Verdict.TENANT_LOST;
        }
        return judgePosition(proof);
    }

    /** The same without the tenant, for a question outside a flight. */
    Verdict judgePosition(Proof proof) {
        Integer proven = proof.timeline();
        if (proof.inRecovery() == primary || (primary && (proven == null || proven != timeline))) {
            return Verdict.ROLE_CHANGED;
        }
        return WalMath.reached(proof.lsn(), lsn) && proof.offsetsLoaded() ? Verdict.MET : Verdict.BEHIND;
    }

    public boolean isTenant(Proof proof) {
        return tenant.toString().equals(proof.tenant());
    }
}
