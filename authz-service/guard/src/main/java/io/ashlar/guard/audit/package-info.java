/**
 * What the door records: refusals, who acted for whom, and decisions out of the cache.
 * Where an audit spool is configured events go there, else into the log.
 * A request that is let in is recorded by whoever decided: authz, or, for a decision out of the cache, this server.
 */
@NullMarked
package io.ashlar.guard.audit;

import org.jspecify.annotations.NullMarked;
