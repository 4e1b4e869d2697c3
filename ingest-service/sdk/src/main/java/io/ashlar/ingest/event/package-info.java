/**
 * The events on the log: which topics exist, which partition an entity's records go to, and how a chunk of telemetry looks
 * in bytes and headers. Partition hash and bytes are frozen: rows carry (topic, partition, offset, index) as identity and
 * old chunks stay readable. Plain Java, so that producers, the loader and analytical consumers share one codec.
 */
@NullMarked
package io.ashlar.ingest.event;

import org.jspecify.annotations.NullMarked;
