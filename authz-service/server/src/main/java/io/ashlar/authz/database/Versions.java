package io.ashlar.authz.database;

/**
 * The counters of a tenant.
 *
 * @param revision counts every change
 * @param policyVersion counts changes of policies
 */
public record Versions(long revision, long policyVersion) {}
