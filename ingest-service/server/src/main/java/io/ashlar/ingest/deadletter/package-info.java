/**
 * Dead letters: records that could not be stored, kept with their reason, listed to their tenant and relayed to the topic
 * {@code ashlar.telemetry.dead.v1}. The table is the truth; the relay sends at least once.
 * Replay and edit come later.
 */
@NullMarked
package io.ashlar.ingest.deadletter;

import org.jspecify.annotations.NullMarked;
