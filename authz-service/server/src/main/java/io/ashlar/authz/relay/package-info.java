/**
 * Publishes what changed, and a tick every 250 ms that proves up to when everything has been told.
 * One relay at a time holds an advisory lock on its own connection and a term number that readers compare.
 * A change is deleted from the outbox only when the broker has acknowledged it, so it is told at least once.
 */
@NullMarked
package io.ashlar.authz.relay;

import org.jspecify.annotations.NullMarked;
