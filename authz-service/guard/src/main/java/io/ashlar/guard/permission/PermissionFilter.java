package io.ashlar.guard.permission;

import io.ashlar.authz.client.EntityRef;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission.From;
import io.ashlar.guard.request.RequestContinuation;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Enforces {@link RequiresPermission} before the body is read, but where the body says what it is about. */
class PermissionFilter {

    private final CurrentCaller current;
    private final Doorkeeper doorkeeper;

    PermissionFilter(CurrentCaller current, Doorkeeper doorkeeper) {
        this.current = current;
        this.doorkeeper = doorkeeper;
    }

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION + 10)
    @Nullable Uni<@Nullable Response> permit(ResourceInfo resource, UriInfo uri) {
        @Nullable RequiresPermission permission = Permissions.of(resource.getResourceMethod(), resource.getResourceClass());
        if (permission == null || permission.resourceFrom() == From.BODY) {
            return null;
        }
        Caller caller = current.get();
        EntityRef entity = ResourceIds.of(permission, caller, uri);
        Uni<@Nullable Response> decided = Uni.createFrom().item(() -> {
            doorkeeper.require(caller, permission.action(), entity);
            return null;
        });
        return Context.isOnEventLoopThread()
                ? RequestContinuation.of(decided.runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                : decided;
    }
}
