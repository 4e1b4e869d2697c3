package io.ashlar.guard.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.Problem;
import io.ashlar.authz.problem.ProblemException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Whatever is thrown becomes a problem. */
public class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public Response problem(ProblemException refusal) {
        return ProblemResponses.of(refusal.problem(), refusal.retryAfterSeconds());
    }

    @ServerExceptionMapper
    public Response call(CallFailedException failure) {
        return CallFailures.answer(failure);
    }

    @ServerExceptionMapper
    public Response unauthorized(UnauthorizedException missing) {
        return ProblemResponses.of(Problem.of(DoorError.UNAUTHENTICATED, "this needs a bearer token"));
    }

    @ServerExceptionMapper
    public Response unauthenticated(AuthenticationFailedException bad) {
        return badToken(bad);
    }

    @ServerExceptionMapper
    public Response incomplete(AuthenticationCompletionException bad) {
        return badToken(bad);
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException refusal) {
        return ProblemResponses.of(Problem.of(DoorError.FORBIDDEN, "the caller lacks the platform role"));
    }

    @ServerExceptionMapper
    public Response json(JsonProcessingException failure) {
        return ProblemResponses.of(JsonFaults.problem(failure));
    }

    @ServerExceptionMapper
    public Response mismatch(MismatchedInputException failure) {
        return ProblemResponses.of(JsonFaults.problem(failure));
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException failure) {
        return HttpFailures.answer(failure);
    }

    @ServerExceptionMapper
    public Response completion(CompletionException wrapper) {
        Throwable cause = wrapper.getCause();
        return cause == null ? any(wrapper) : any(cause);
    }

    /** Everything else, by kind; what nobody foresaw is logged here and answered without a word about it. */
    @ServerExceptionMapper
    public Response any(Throwable failure) {
        return switch (failure) {
            case ProblemException refusal -> problem(refusal);
            case CallFailedException call -> call(call);
            case JsonProcessingException json -> json(json);
            case WebApplicationException http -> http(http);
            case UnauthorizedException missing -> unauthorized(missing);
            case AuthenticationFailedException bad -> unauthenticated(bad);
            case ForbiddenException refusal -> forbidden(refusal);
            default -> unforeseen(failure);
        };
    }

    private static Response unforeseen(Throwable failure) {
        @Nullable Problem early = HttpFailures.ofServer(failure);
        if (early != null) {
            return ProblemResponses.of(early);
        }
        LOG.error("event=unforeseen_failure", failure);
        return ProblemResponses.of(
                Problem.of(DoorError.INTERNAL_ERROR, "the failure is logged under this request's id"));
    }

    private static Response badToken(Exception bad) {
        LOG.debug("event=token_refused", bad);
        return ProblemResponses.of(
                Problem.of(DoorError.UNAUTHENTICATED, "the bearer token is malformed, expired or not ours"));
    }
}
