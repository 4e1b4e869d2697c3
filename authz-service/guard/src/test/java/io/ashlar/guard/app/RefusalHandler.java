package io.ashlar.guard.app;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Who would answer a refused token, looked at behind all who have a say in it. */
@ApplicationScoped
public class RefusalHandler {

    private volatile @Nullable String last;

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    Object handler = context.get(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
                    last = handler == null ? null : handler.getClass().getName();
                    context.next();
                },
                SecurityHandlerPriorities.AUTHORIZATION - 1);
    }

    /** Of the last request: the name of its class. */
    public @Nullable String last() {
        return last;
    }
}
