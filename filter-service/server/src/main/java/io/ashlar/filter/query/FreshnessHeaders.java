package io.ashlar.filter.query;

import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.call.Headers;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import jakarta.ws.rs.HeaderParam;
import org.jspecify.annotations.Nullable;

/** The headers that say how fresh an answer must be. */
public final class FreshnessHeaders {

    @HeaderParam(Headers.CONSISTENCY)
    @Nullable String level;

    @HeaderParam(Headers.MAX_STALENESS_MS)
    @Nullable String maxStalenessMs;

    @HeaderParam(Headers.CONSISTENCY_TOKEN)
    @Nullable String token;

    /**
     * What they ask for.
     *
     * @throws ProblemException {@code invalid_request} if they cannot be read, with every fault
     */
    public Consistency asked() {
        return Headers.consistency(level, maxStalenessMs, token)
                .orElseThrow(faults -> new ProblemException(
                        DoorError.INVALID_REQUEST, "The consistency asked for is not valid.", faults));
    }
}
