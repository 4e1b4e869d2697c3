package io.ashlar.router.flight;

import org.jspecify.annotations.Nullable;

/**
 * What the server said of itself and of the transaction, within the transaction.
 *
 * @param tenant {@code ashlar.tenant} as the server has it; null or empty if it was never set
 * @param inRecovery whether it is a standby
 * @param lsn insert position of a primary, replay position of a standby, in bytes
 * @param timeline of a primary; null on a standby, which cannot say
 * @param offsetsLoaded whether every offset that was asked for is loaded; true if none was
 */
public record Proof(
        @Nullable String tenant,
        boolean inRecovery,
        long lsn,
        @Nullable Integer timeline,
        boolean offsetsLoaded) {}
