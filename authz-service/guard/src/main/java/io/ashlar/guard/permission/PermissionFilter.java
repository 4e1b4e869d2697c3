package io.ashlar.guard.permission;

import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.audit.DoorAudit;
import io.ashlar.guard.audit.DoorEvent;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.request.RequestContinuation;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Enforces {@link RequiresPermission}. */
class PermissionFilter {

    private final CurrentCaller current;
    private final PermissionCheck check;
    private final DoorAudit audit;

    PermissionFilter(CurrentCaller current, PermissionCheck check, DoorAudit audit) {
        this.current = current;
        this.check = check;
        this.audit = audit;
    }

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION + 10)
    Uni<@Nullable Response> permit(ResourceInfo resource, UriInfo uri) {
        @Nullable RequiresPermission permission = resource.getResourceMethod().getAnnotation(RequiresPermission.class);
        if (permission == null) {
            return Uni.createFrom().nullItem();
        }
        Caller caller = current.get();
        EntityRef entity = entity(permission, caller, uri);
        Uni<@Nullable Response> decided = Uni.createFrom().item(() -> {
            decide(caller, permission.action(), entity);
            return null;
        });
        return Context.isOnEventLoopThread()
                ? RequestContinuation.of(decided.runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                : decided;
    }

    private void decide(Caller caller, String action, EntityRef entity) {
        if (check.check(caller, action, entity) instanceof Permission.Refused refused) {
            audit.record(DoorEvent.refused(
                    caller.tenant(),
                    caller.subject(),
                    caller.actingService(),
                    action,
                    entity.type() + "::" + entity.id()));
            throw refusal(action, refused);
        }
    }

    private static ProblemException refusal(String action, Permission.Refused refused) {
        if (refused.methods().isEmpty()) {
            return new ProblemException(DoorError.FORBIDDEN, "the caller may not " + action);
        }
        return new ProblemException(
                DoorError.MFA_REQUIRED,
                action + " needs a token of somebody who signed in with more",
                List.of(new Fault(
                        "mfa_required", "header:Authorization", "amr lacks one of these", refused.methods(), null)));
    }

    private static EntityRef entity(RequiresPermission permission, Caller caller, UriInfo uri) {
        String tenant = caller.requireTenant().toString();
        if (permission.resourceId().isEmpty()) {
            return new EntityRef("Tenant", tenant);
        }
        @Nullable String id = uri.getPathParameters().getFirst(permission.resourceId());
        if (id == null || id.isEmpty()) {
            throw new IllegalStateException(
                    "@RequiresPermission names a path parameter that is not there: " + permission.resourceId());
        }
        return new EntityRef(permission.resourceType(), id);
    }
}
