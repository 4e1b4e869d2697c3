package io.ashlar.guard.identity;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a request is made for.
 *
 * @param subject the user's {@code sub}, or the service account's where it acts for itself
 * @param tenant the subject's tenant; null for service accounts and operators
 * @param roles platform roles of the token that was sent: the service account's where it acts for a user
 * @param amr how the user signed in; empty where a service account acts
 * @param actingService the service account that acts for the subject, or null
 */
public record Caller(
        String subject,
        @Nullable UUID tenant,
        Set<String> roles,
        Set<String> amr,
        @Nullable String actingService) {

    public Caller {
        roles = Set.copyOf(roles);
        amr = Set.copyOf(amr);
    }

    /**
     * The tenant.
     *
     * @throws ProblemException {@code tenant_required} if there is none
     */
    public UUID requireTenant() {
        if (tenant == null) {
            throw new ProblemException(DoorError.TENANT_REQUIRED, "this needs a token with a tenant_id, a UUID");
        }
        return tenant;
    }
}
