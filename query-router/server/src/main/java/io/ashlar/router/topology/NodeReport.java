package io.ashlar.router.topology;

/**
 * What a node said of itself.
 *
 * @param systemId the cluster's identifier, equal on all its members
 * @param timeline of the log that is written, or on a standby replayed
 * @param inRecovery whether it is a standby
 * @param lsn insert position of a primary, replay position of a standby, in bytes
 * @param askedAtNanos {@link System#nanoTime()} before the question was sent
 */
record NodeReport(String systemId, int timeline, boolean inRecovery, long lsn, long askedAtNanos) {}
