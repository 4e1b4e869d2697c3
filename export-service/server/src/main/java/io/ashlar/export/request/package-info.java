/**
 * The API of exports: a request is read with all its faults, checked against the data set at once, and queued in one
 * transaction together with its idempotency key. Reading, cancelling and fetching see the caller's tenant only.
 */
@NullMarked
package io.ashlar.export.request;

import org.jspecify.annotations.NullMarked;
