/**
 * Keys as an installation writes them down: every secret a service is given is a set, so that it can be rotated without a gap.
 * What a key is used for is not known here; whoever uses one says how long it must be. It stands in the lowest library because
 * cursors, seals, receipts and webhooks all read their keys by it.
 */
@NullMarked
package io.ashlar.filter.key;

import org.jspecify.annotations.NullMarked;
