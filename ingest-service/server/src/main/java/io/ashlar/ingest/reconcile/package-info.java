/**
 * Accepted = in flight + stored + dead, per tenant, exactly. Counts come from rows that are written in the transactions that
 * make them true: the claim of a batch, and the load of a chunk.
 * After a day the rows are folded into one total per tenant.
 */
@NullMarked
package io.ashlar.ingest.reconcile;

import org.jspecify.annotations.NullMarked;
