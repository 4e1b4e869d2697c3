package io.ashlar.guard.identity;

import io.ashlar.authz.call.Headers;
import io.ashlar.authz.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.MDC;

/** Callers whose token was proven a short while ago. Thread-safe; never waits for a proof. */
@Singleton
public class KnownCallers {

    private final TokenMechanism tokens;
    private final Callers callers;

    KnownCallers(TokenMechanism tokens, Callers callers) {
        this.tokens = tokens;
        this.callers = callers;
    }

    /**
     * The caller of a request, who is in the log from here on.
     *
     * @return empty if the request's token must be proven first, or has none
     * @throws ProblemException if {@code Ashlar-On-Behalf-Of} is malformed or not for this caller
     */
    public Optional<Caller> find(HttpServerRequest request) {
        List<String> headers = request.headers().getAll(Headers.ON_BEHALF_OF);
        return tokens.known(request)
                .map(identity -> callers.of(identity, headers))
                .map(KnownCallers::logged);
    }

    /** Names the caller's tenant in the log lines of the request. */
    static Caller logged(Caller caller) {
        if (caller.tenant() != null) {
            MDC.put("tenant", caller.tenant().toString());
        }
        return caller;
    }
}
