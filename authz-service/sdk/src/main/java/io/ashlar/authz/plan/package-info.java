/**
 * A decision about rows that are not known yet: all of them, none, or those that a filter lets through, with the fields whose
 * values must be hidden. The filter's fields are Cedar attribute paths; filter-service rewrites them by the dataset's mapping.
 * Request and answer are frozen on the wire: server N answers what client N−1 asks.
 */
@NullMarked
package io.ashlar.authz.plan;

import org.jspecify.annotations.NullMarked;
