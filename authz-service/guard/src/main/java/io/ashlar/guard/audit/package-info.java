/**
 * What the door records: refusals, and who acted for whom.
 * Where an audit spool is configured events go there, else into the log.
 * Nothing is recorded about requests that are simply let in: their decision is authz's to record.
 */
@NullMarked
package io.ashlar.guard.audit;

import org.jspecify.annotations.NullMarked;
