package io.ashlar.guard.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something the door did that must be known later.
 *
 * @param action {@code on_behalf_of} or the permission's action
 * @param tenant whose it is; null where there is none
 * @param actor the user
 * @param actingService the service account that acts for the user, or null
 * @param resource {@code Type::id}, or null
 * @param allowed what the door answered
 * @param at when, by this machine's clock
 */
public record DoorEvent(
        String action,
        @Nullable UUID tenant,
        String actor,
        @Nullable String actingService,
        @Nullable String resource,
        boolean allowed,
        Instant at) {

    public static DoorEvent onBehalfOf(UUID tenant, String actor, String service, boolean allowed) {
        return new DoorEvent("on_behalf_of", tenant, actor, service, null, allowed, Instant.now());
    }

    public static DoorEvent refused(
            @Nullable UUID tenant, String actor, @Nullable String service, String action, String resource) {
        return new DoorEvent(action, tenant, actor, service, resource, false, Instant.now());
    }
}
