package io.ashlar.router.read;

import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.call.Headers;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.router.RouterError;
import io.ashlar.router.choice.Need;
import io.ashlar.router.client.Pool;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.ParsedToken;
import jakarta.ws.rs.HeaderParam;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The headers that say how fresh a read must be. Everything else about it is in the seal. */
public final class NeedHeaders {

    @HeaderParam(Headers.CONSISTENCY)
    @Nullable String level;

    @HeaderParam(Headers.MAX_STALENESS_MS)
    @Nullable String staleness;

    @HeaderParam(Headers.CONSISTENCY_TOKEN)
    @Nullable String token;

    @HeaderParam(Pool.HEADER)
    @Parameter(description = "api | job: whose connections are taken; default api.")
    @Nullable String pool;

    /**
     * What they ask for, for a read of {@code tenant}.
     *
     * @throws ProblemException if they cannot be read, or the token is another tenant's
     */
    public Need need(UUID tenant) {
        Consistency consistency = Headers.consistency(level, staleness, token)
                .orElseThrow(
                        faults -> new ProblemException(DoorError.INVALID_REQUEST, "A header cannot be read.", faults));
        return new Need(consistency.level(), consistency.maxStaleness(), token(consistency.token(), tenant));
    }

    /** Which connections to take. */
    Pool pool() {
        String asked = pool;
        if (asked == null) {
            return Pool.API;
        }
        return Arrays.stream(Pool.values())
                .filter(candidate -> candidate.wire().equals(asked))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        DoorError.INVALID_REQUEST,
                        "A header cannot be read.",
                        List.of(new Fault(
                                "unknown_pool",
                                "header:" + Pool.HEADER,
                                "no such pool",
                                Arrays.stream(Pool.values()).map(Pool::wire).toList(),
                                null))));
    }

    private static @Nullable ConsistencyToken token(@Nullable String text, UUID tenant) {
        if (text == null) {
            return null;
        }
        return switch (ConsistencyToken.parse(text)) {
            case ParsedToken.Invalid(String reason) -> throw new ProblemException(RouterError.TOKEN_INVALID, reason);
            case ParsedToken.Ok(ConsistencyToken read) -> {
                if (read.tenant() != null && !tenant.equals(read.tenant())) {
                    throw new ProblemException(RouterError.TENANT_MISMATCH, "The token was minted for another tenant.");
                }
                yield read;
            }
        };
    }
}
