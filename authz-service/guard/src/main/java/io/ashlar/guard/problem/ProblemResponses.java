package io.ashlar.guard.problem;

import io.ashlar.authz.problem.Problem;
import io.ashlar.authz.problem.ProblemJson;
import io.ashlar.guard.request.RequestId;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Problems as answers, both of the REST layer and of the HTTP server below it. */
public final class ProblemResponses {

    private ProblemResponses() {}

    public static Response of(Problem problem) {
        return of(problem, OptionalLong.empty());
    }

    /** The answer, with {@code Retry-After} where one is known, and the challenge on 401. */
    public static Response of(Problem problem, OptionalLong retryAfterSeconds) {
        byte[] body = ProblemJson.write(problem.withRequestId(RequestId.current()));
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(body);
        if (problem.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.status() == 413) {
            // The rest of the body is still on its way: this connection cannot be used again.
            response.header("Connection", "close");
        }
        retryAfterSeconds.ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response.build();
    }

    /** Ends a request that never reached the REST layer. */
    public static void end(RoutingContext context, Problem problem) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        byte[] body = ProblemJson.write(problem.withRequestId(RequestId.of(context)));
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Buffer.buffer(body));
    }

    /** Ends one that failed before the REST layer with what that would have answered. */
    public static void end(RoutingContext context, Throwable failure) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        Response answer = new ProblemMappers().any(cause == null ? failure : cause);
        answer.getStringHeaders().forEach(context.response()::putHeader);
        context.response().setStatusCode(answer.getStatus()).end(Buffer.buffer((byte[]) answer.getEntity()));
    }
}
