package io.ashlar.guard.identity;

import io.ashlar.authz.call.Headers;
import io.ashlar.guard.request.RequestContinuation;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.List;
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
    @Nullable Uni<@Nullable Response> identify(ContainerRequestContext request, ResourceInfo resource, RoutingContext context) {
        if (open(resource)) {
            return null;
        }
        if (context.user() instanceof QuarkusHttpUser proven) {
            identify(request, proven.getSecurityIdentity());
            return null;
        }
        return RequestContinuation.of(identity.getDeferredIdentity()).map(proven -> {
            identify(request, proven);
            return null;
        });
    }

    private void identify(ContainerRequestContext request, SecurityIdentity proven) {
        if (proven.isAnonymous()) {
            return;
        }
        List<String> headers = request.getHeaders().getOrDefault(Headers.ON_BEHALF_OF, List.of());
        current.set(KnownCallers.logged(callers.of(proven, headers)));
    }

    private static boolean open(ResourceInfo resource) {
        Method method = resource.getResourceMethod();
        return method.isAnnotationPresent(PermitAll.class)
                || (resource.getResourceClass().isAnnotationPresent(PermitAll.class)
                        && !method.isAnnotationPresent(RolesAllowed.class)
                        && !method.isAnnotationPresent(Authenticated.class));
    }
}
