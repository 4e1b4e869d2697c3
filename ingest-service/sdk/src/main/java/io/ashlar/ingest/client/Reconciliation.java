package io.ashlar.ingest.client;

/**
 * Records of a tenant: {@code accepted = stored + dead + inFlight}, exactly.
 *
 * @param accepted for which a 202 was given, or which were loaded of a batch whose 202 got lost
 * @param stored in the store
 * @param dead in the dead letters
 * @param inFlight on the log, not loaded yet
 */
public record Reconciliation(long accepted, long stored, long dead, long inFlight) {}
