/**
 * Kafka as one broker and controller in a JVM of its own, and the topics of the house.
 * {@link io.ashlar.local.kafka.HouseTopics} is the contract of names, partitions and retention.
 */
@NullMarked
package io.ashlar.local.kafka;

import org.jspecify.annotations.NullMarked;
