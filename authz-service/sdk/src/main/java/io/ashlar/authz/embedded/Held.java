package io.ashlar.authz.embedded;

/**
 * A snapshot that is held.
 *
 * @param policies ready to decide
 * @param offset every change before it is in the snapshot
 * @param askedNanos when it was asked for last, monotonic
 */
record Held(TenantPolicies policies, long offset, long askedNanos) {

    long revision() {
        return policies.head().revision();
    }

    /** The same, confirmed at a later offset. */
    Held still(long laterOffset, long nowNanos) {
        return new Held(policies, Math.max(offset, laterOffset), nowNanos);
    }
}
