package io.ashlar.guard.limit;

import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.request.RequestContinuation;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
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
    @Nullable Uni<@Nullable Response> limit(RoutingContext context) {
        CompletableFuture<Void> admitted =
                limits.admit(context.response(), current.find().orElse(null));
        return admitted.state() == Future.State.SUCCESS
                ? null
                : RequestContinuation.of(Uni.createFrom().completionStage(admitted))
                        .map(nothing -> null);
    }
}
