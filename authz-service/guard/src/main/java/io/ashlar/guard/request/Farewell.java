package io.ashlar.guard.request;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Sends clients elsewhere before the process ends: from the beginning of the shutdown's delay each answer closes its
 * connection. One that is kept alive would lead here though load balancers have looked away, and its next request would
 * meet a closed door.
 */
@ApplicationScoped
class Farewell {

    private static final int BEFORE_THE_FRONT_DOOR = 1_001;

    private volatile boolean leaving;

    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        leaving = true;
    }

    void register(@Observes Filters filters) {
        filters.register(this::enter, BEFORE_THE_FRONT_DOOR);
    }

    private void enter(RoutingContext context) {
        if (leaving) {
            letGo(context.request());
        }
        context.next();
    }

    private static void letGo(HttpServerRequest request) {
        switch (request.version()) {
            // GOAWAY: what is running ends, what comes next takes another connection.
            case HTTP_2 -> request.connection().shutdown();
            case HTTP_1_0, HTTP_1_1 -> request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }
}
