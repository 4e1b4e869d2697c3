package io.ashlar.guard.request;

import io.ashlar.authz.call.Headers;
import io.ashlar.authz.call.RequestIds;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.Problem;
import io.ashlar.guard.problem.ProblemResponses;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The first to see a request: gives it its id, and refuses a body that says it is too large before it is sent. */
@ApplicationScoped
class FrontDoor {

    private static final int FIRST = 1_000;
    private static final long BODY_BYTES_DEFAULT = 10L << 20;

    private final long bodyBytesMax;

    FrontDoor(Config config) {
        this.bodyBytesMax = config.getOptionalValue("quarkus.http.limits.max-body-size", MemorySize.class)
                .map(MemorySize::asLongValue)
                .orElse(BODY_BYTES_DEFAULT);
    }

    void register(@Observes Filters filters) {
        RequestIds.source(RequestId::current);
        filters.register(this::enter, FIRST);
    }

    private void enter(RoutingContext context) {
        String id = Headers.requestId(context.request().getHeader(Headers.REQUEST_ID));
        RequestId.set(context, id);
        context.response().putHeader(Headers.REQUEST_ID, id);
        if (tooLarge(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))) {
            // The rest of the body is still on its way: this connection cannot be used again.
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            ProblemResponses.end(
                    context,
                    Problem.of(DoorError.BODY_TOO_LARGE, "the body is larger than " + bodyBytesMax + " bytes"));
            return;
        }
        context.next();
    }

    private boolean tooLarge(@Nullable String length) {
        if (length == null || length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        return length.length() > 18 || Long.parseLong(length) > bodyBytesMax;
    }
}
