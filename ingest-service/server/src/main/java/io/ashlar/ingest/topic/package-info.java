/**
 * The topics that ingest-service owns. They are made if they are missing and checked if they are there: a topic with another
 * number of partitions would move entities between partitions, so the service does not become ready on one.
 * Timestamps are the broker's append time, by which rows find their month.
 */
@NullMarked
package io.ashlar.ingest.topic;

import org.jspecify.annotations.NullMarked;
