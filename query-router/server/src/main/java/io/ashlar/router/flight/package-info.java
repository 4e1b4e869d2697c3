/**
 * Flights: {@code BEGIN; set_config; proof; query; proof; COMMIT} sent at once over one exclusive connection of a plain
 * pool. Rows are released only if the server says the tenant back, the first proof is as fresh as asked and the COMMIT went
 * through. Pools that multiplex callers on one connection would mix the statements of two tenants; none is used here.
 */
@NullMarked
package io.ashlar.router.flight;

import org.jspecify.annotations.NullMarked;
