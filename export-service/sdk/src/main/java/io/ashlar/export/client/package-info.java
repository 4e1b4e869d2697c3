/**
 * Exports by call: ask, watch, cancel, fetch. {@link io.ashlar.export.client.ExportClient} blocks, has a deadline, and
 * throws {@link io.ashlar.authz.call.CallFailedException} with the service's problem. Ask under an idempotency key and a
 * repeat is harmless.
 */
@NullMarked
package io.ashlar.export.client;

import org.jspecify.annotations.NullMarked;
