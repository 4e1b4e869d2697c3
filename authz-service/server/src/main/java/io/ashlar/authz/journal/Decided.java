package io.ashlar.authz.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.database.Versions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it is recorded.
 *
 * @param tenant whose; null for acts on the platform
 * @param actor the {@code sub} that asked or for whom was asked
 * @param actingService the service account that asked for the actor
 * @param action a Cedar action
 * @param resourceType what it was about
 * @param resourceId what it was about; {@code *} for all rows of a type
 * @param allowed the decision
 * @param reasons ids of policies, or why
 * @param versions that decided
 * @param inputs enough to decide again
 */
public record Decided(
        @Nullable UUID tenant,
        String actor,
        @Nullable String actingService,
        String action,
        String resourceType,
        String resourceId,
        boolean allowed,
        List<String> reasons,
        Versions versions,
        ObjectNode inputs) {

    public Decided {
        reasons = List.copyOf(reasons);
    }
}
