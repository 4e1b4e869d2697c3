package io.ashlar.guard.identity;

import io.ashlar.authz.call.Headers;
import io.ashlar.guard.request.RequestContinuation;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.List;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Sets the caller once the framework has proven the token; endpoints that are open to all have none. */
class IdentityFilter {

    private final CurrentIdentityAssociation identity;
    private final Callers callers;
    private final CurrentCaller current;

    IdentityFilter(CurrentIdentityAssociation identity, Callers callers, CurrentCaller current) {
        this.identity = identity;
        this.callers = callers;
        this.current = current;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION + 10)
    Uni<@Nullable Response> identify(ContainerRequestContext request, ResourceInfo resource) {
        if (open(resource)) {
            return Uni.createFrom().nullItem();
        }
        return RequestContinuation.of(identity.getDeferredIdentity()).map(proven -> {
            if (!proven.isAnonymous()) {
                set(request, proven);
            }
            return null;
        });
    }

    private void set(ContainerRequestContext request, SecurityIdentity proven) {
        Caller caller = callers.of(proven, request.getHeaders().getOrDefault(Headers.ON_BEHALF_OF, List.of()));
        current.set(caller);
        if (caller.tenant() != null) {
            MDC.put("tenant", caller.tenant().toString());
        }
    }

    private static boolean open(ResourceInfo resource) {
        Method method = resource.getResourceMethod();
        return method.isAnnotationPresent(PermitAll.class)
                || (resource.getResourceClass().isAnnotationPresent(PermitAll.class)
                        && !method.isAnnotationPresent(RolesAllowed.class)
                        && !method.isAnnotationPresent(Authenticated.class));
    }
}
