package io.ashlar.guard.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.Problem;
import io.ashlar.authz.problem.ProblemException;
import io.vertx.core.VertxException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the framework and the HTTP server refuse. */
final class HttpFailures {

    private static final Logger LOG = Logger.getLogger(HttpFailures.class);

    private HttpFailures() {}

    static Response answer(WebApplicationException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof ProblemException refusal) {
            return ProblemResponses.of(refusal.problem(), refusal.retryAfterSeconds());
        }
        if (cause instanceof JsonProcessingException json) {
            return ProblemResponses.of(JsonFaults.problem(json));
        }
        Response theirs = failure.getResponse();
        if (theirs.getStatus() < 400) {
            return theirs;
        }
        if (theirs.getStatus() >= 500) {
            LOG.error("event=unforeseen_failure", failure);
        }
        Response ours = ProblemResponses.of(of(theirs.getStatus()));
        @Nullable String allow = theirs.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? ours
                : Response.fromResponse(ours).header(HttpHeaders.ALLOW, allow).build();
    }

    /** A request the HTTP server gave up on; null if the failure is something else. */
    static @Nullable Problem ofServer(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at.getClass().getSimpleName().equals("RequestTooBigException")) {
                return of(413);
            }
            if (at instanceof VertxException && "Connection was closed".equals(at.getMessage())) {
                return of(400);
            }
        }
        return null;
    }

    static Problem of(int status) {
        return switch (status) {
            case 400 -> Problem.of(DoorError.INVALID_REQUEST, "the request is not valid");
            case 401 -> Problem.of(DoorError.UNAUTHENTICATED, "this needs a bearer token");
            case 403 -> Problem.of(DoorError.FORBIDDEN, "the caller may not do this");
            case 404 -> Problem.of(DoorError.NOT_FOUND, "there is nothing at this path");
            case 405 -> Problem.of(DoorError.METHOD_NOT_ALLOWED, "the method is not allowed at this path");
            case 406 -> Problem.of(DoorError.NOT_ACCEPTABLE, "none of the accepted media types is offered here");
            case 409 -> Problem.of(DoorError.CONFLICT, "the request conflicts with the present state");
            case 412 -> Problem.of(DoorError.PRECONDITION_FAILED, "the resource has changed since it was read");
            case 413 -> Problem.of(DoorError.BODY_TOO_LARGE, "the body is larger than is read here");
            case 415 -> Problem.of(DoorError.UNSUPPORTED_MEDIA_TYPE, "the media type of the body is not accepted here");
            case 429 -> Problem.of(DoorError.RATE_LIMITED, "too many requests");
            case 503 -> Problem.of(DoorError.UNAVAILABLE, "the service is not ready");
            case 504 -> Problem.of(DoorError.DEADLINE_EXCEEDED, "the answer did not come in time");
            default ->
                status < 500
                        ? Problem.of(DoorError.INVALID_REQUEST, "the request is not valid")
                        : Problem.of(DoorError.INTERNAL_ERROR, "the failure is logged under this request's id");
        };
    }
}
