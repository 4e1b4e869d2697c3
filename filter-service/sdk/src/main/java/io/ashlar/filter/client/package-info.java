/**
 * Queries and resolves datasets through filter-service, for the services and programs that call it. Blocking, meant for
 * virtual threads; every failure is a {@link io.ashlar.authz.call.CallFailedException} with filter-service's problem where
 * it gave one. A query's body is the client's own JSON: it is checked by the server, which names all faults at once.
 */
@NullMarked
package io.ashlar.filter.client;

import org.jspecify.annotations.NullMarked;
