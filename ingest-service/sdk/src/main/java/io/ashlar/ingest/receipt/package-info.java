/**
 * The receipt for a batch: what was accepted, where it lies on the log, signed with Ed25519 as a compact JWS over exactly the
 * payload's bytes. It is verified offline with the published JWKS.
 * Keys come as a set, the first one signs, all verify.
 */
@NullMarked
package io.ashlar.ingest.receipt;

import org.jspecify.annotations.NullMarked;
