package io.ashlar.guard.problem;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Answers for paths and methods that no resource is behind, after everything else has passed. */
@ApplicationScoped
class ServerProblems {

    void register(@Observes Router router) {
        router.route().last().handler(context -> ProblemResponses.end(context, HttpFailures.of(404)));
        for (int status : new int[] {400, 401, 403, 404, 405, 406, 413, 415}) {
            router.errorHandler(status, context -> ProblemResponses.end(context, HttpFailures.of(status)));
        }
    }
}
