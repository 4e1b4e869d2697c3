package io.ashlar.guard.limit;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.request.RequestContinuation;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Counts a request once its caller is known, and before anything is asked or read for it. */
class RateLimitFilter {

    private final RateLimits limits;
    private final CurrentCaller current;

    RateLimitFilter(RateLimits limits, CurrentCaller current) {
        this.limits = limits;
        this.current = current;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION + 20)
    Uni<@Nullable Response> limit(RoutingContext context) {
        return RequestContinuation.of(Uni.createFrom()
                        .completionStage(limits.take(current.find().orElse(null))))
                .map(verdict -> {
                    verdict.ifPresent(so -> tell(context, so));
                    return null;
                });
    }

    private static void tell(RoutingContext context, Verdict verdict) {
        context.response()
                .putHeader("RateLimit-Limit", Long.toString(verdict.limit().burst()))
                .putHeader("RateLimit-Remaining", Long.toString(Math.max(0, verdict.remaining())))
                .putHeader("RateLimit-Reset", Long.toString(verdict.resetSeconds()));
        if (!verdict.allowed()) {
            String kind = verdict.limit().kind();
            throw new ProblemException(
                            DoorError.RATE_LIMITED,
                            "more requests than the " + kind + " limit lets through",
                            List.of(new Fault(
                                    kind + "_limit", "", verdict.limit().perSecond() + " requests a second")))
                    .retryAfter(verdict.retrySeconds());
        }
    }
}
