package io.ashlar.authz.database;

/**
 * The counters of a tenant.
 *
 * @param revision counts every change
 * @param policyVersion counts changes of policies
 */
public record Versions(long revision, long policyVersion) {

    /** Whether a tenant at {@code other} does not have these yet. */
    public boolean isAfter(Versions other) {
        return revision > other.revision || policyVersion > other.policyVersion;
    }
}
