package io.ashlar.guard.request;

import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** The present request's id: in the routing context, and in the log context under {@value #LOG_FIELD}. */
public final class RequestId {

    static final String LOG_FIELD = "request_id";
    private static final String CONTEXT_KEY = "ashlar.request-id";

    private RequestId() {}

    /** Null outside a request. */
    public static @Nullable String current() {
        return MDC.get(LOG_FIELD) instanceof String id ? id : null;
    }

    public static @Nullable String of(RoutingContext context) {
        return context.get(CONTEXT_KEY);
    }

    static void set(RoutingContext context, String id) {
        context.put(CONTEXT_KEY, id);
        MDC.put(LOG_FIELD, id);
    }
}
