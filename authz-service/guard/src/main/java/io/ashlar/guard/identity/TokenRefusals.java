package io.ashlar.guard.identity;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.HttpSecurityRecorder.DefaultAuthFailureHandler;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.BiConsumer;

/**
 * Makes a refused token an exception, which the door's mappers answer. Quarkus REST does the same by itself, but on that
 * occasion (3.30, where metrics are on) builds an index of all paths anew for each request, refused or not, to know under which
 * path a refusal would be counted: as much work as recording a decision. Its own failure handler finds the path once more where
 * there was a refusal, so nothing is lost.
 */
@ApplicationScoped
class TokenRefusals {

    /** Behind the framework's handler of this priority, which is registered first; Quarkus REST's is one below. */
    private static final int AS_THE_FRAMEWORK = SecurityHandlerPriorities.AUTHENTICATION;

    /** The last before the REST layer. */
    private static final int BEFORE_THE_REST_LAYER = 1;

    void register(@Observes Filters filters) {
        filters.register(TokenRefusals::enter, AS_THE_FRAMEWORK);
        filters.register(TokenRefusals::leaveToTheRestLayer, BEFORE_THE_REST_LAYER);
    }

    /** It answers what it finds out itself, and takes the framework's handler away for that; ours it does not know. */
    private static void leaveToTheRestLayer(RoutingContext context) {
        context.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        context.next();
    }

    private static void enter(RoutingContext context) {
        if (context.get(QuarkusHttpUser.AUTH_FAILURE_HANDLER) instanceof DefaultAuthFailureHandler) {
            BiConsumer<RoutingContext, Throwable> refuse = TokenRefusals::refuse;
            context.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, refuse);
        }
        context.next();
    }

    private static void refuse(RoutingContext context, Throwable refusal) {
        DefaultAuthFailureHandler.markIfOtherAuthenticationFailure(context, refusal);
        if (!context.failed()) {
            context.fail(DefaultAuthFailureHandler.extractRootCause(refusal));
        }
    }
}
