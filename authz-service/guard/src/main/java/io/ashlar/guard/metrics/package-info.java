/**
 * Meters that rules and dashboards rely on: request durations get the buckets of our service levels.
 * Without them a histogram has no buckets at all.
 * The decision cache and the change topic are exported here too.
 */
@NullMarked
package io.ashlar.guard.metrics;

import org.jspecify.annotations.NullMarked;
