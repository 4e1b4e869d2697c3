package io.ashlar.ingest.event;

import java.time.Duration;
import java.util.UUID;

/**
 * One topic of the house.
 *
 * @param number stored in rows as part of their identity; never reused
 * @param name on the broker; a new wire format gets a new name
 * @param partitions fixed at install: changing it would move entities between partitions and break their order
 * @param retention how long the broker keeps records
 * @param key what chooses the partition
 */
public record Topic(int number, String name, int partitions, Duration retention, KeyRule key) {

    /** What chooses the partition of a record. */
    public enum KeyRule {
        /** {@link EntityPartition} of tenant and entity id. */
        TENANT_AND_ENTITY,
        /** {@link EntityPartition} of tenant and resource, written {@code Type::id}. */
        TENANT_AND_RESOURCE,
        /** One partition: a total order. */
        SINGLE,
        /** {@link EntityPartition} of tenant and job id. */
        TENANT_AND_JOB
    }

    public Topic {
        if (number < 1 || number > Short.MAX_VALUE) {
            throw new IllegalArgumentException("topic number " + number);
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions " + partitions);
        }
    }

    /** The partition of a subject (entity, resource, job) of a tenant. */
    public int partitionOf(UUID tenant, String subject) {
        return partitions == 1 ? 0 : EntityPartition.of(tenant, subject, partitions);
    }
}
