package io.ashlar.guard.request;

import io.ashlar.authz.call.Headers;
import io.ashlar.authz.call.RequestIds;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.Problem;
import io.ashlar.guard.problem.ProblemResponses;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** The first to see a request: gives it its id, and refuses a body that says it is too large before it is sent. */
@ApplicationScoped
class FrontDoor {

    private static final int FIRST = 1_000;

    /** After the HTTP server's own limit handler, whose order is −2. */
    private static final int AFTER_LIMIT = 1;

    /** What the HTTP server reads beyond our limit before it hangs up by itself. */
    private static final long SLACK_BYTES = 1L << 20;

    private final long bodyBytesMax;

    FrontDoor(BodyLimit limit) {
        this.bodyBytesMax = limit.bytesMax();
    }

    void register(@Observes Filters filters) {
        RequestIds.source(RequestId::current);
        filters.register(this::enter, FIRST);
        filters.register(this::leaveRefusalToTheReader, AFTER_LIMIT);
    }

    private void leaveRefusalToTheReader(RoutingContext context) {
        context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, bodyBytesMax + SLACK_BYTES);
        context.next();
    }

    private void enter(RoutingContext context) {
        String id = Headers.requestId(context.request().getHeader(Headers.REQUEST_ID));
        RequestId.set(context, id);
        context.response().putHeader(Headers.REQUEST_ID, id);
        if (context.request().version() == HttpVersion.HTTP_2) {
            // Whoever says so: a connection's fate is no field of HTTP/2 (RFC 9113 §8.2.2), and clients refuse the
            // answer.
            context.addHeadersEndHandler(sent -> context.response().headers().remove(HttpHeaders.CONNECTION));
        }
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
