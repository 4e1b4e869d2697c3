package io.ashlar.authz.change;

import java.time.Instant;
import java.util.UUID;

/** One record of the change topic. */
public sealed interface ChangeMessage {

    /** The topic, one partition. */
    String TOPIC = "ashlar.authz.changes.v1";

    /** How often the relay ticks, in milliseconds. */
    long TICK_MILLIS = 250;

    /** The relay's term of office: a lower one than seen before is a relay that lost it. */
    long epoch();

    /**
     * A tenant's principals or policies changed.
     *
     * @param revision the tenant's counter after the change, without gaps
     * @param policyVersion the tenant's published policies after the change
     * @param committedAt database time
     */
    record Change(UUID tenant, long revision, long policyVersion, long epoch, Instant committedAt)
            implements ChangeMessage {}

    /**
     * Every change committed before {@code databaseTime} precedes this record.
     *
     * @param databaseTime read before the scan that this tick follows
     */
    record Tick(long epoch, Instant databaseTime) implements ChangeMessage {}
}
