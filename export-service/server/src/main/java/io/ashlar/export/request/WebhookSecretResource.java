package io.ashlar.export.request;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.export.delivery.WebhookSecrets;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * What the tenant's webhooks are verified with. Whoever knows it can make such calls himself, so it is for whoever may read
 * policies: by default administrators.
 */
@Path("/api/v1/webhooks/secret")
@Tag(name = "webhooks")
public final class WebhookSecretResource {

    private final CurrentCaller caller;
    private final WebhookSecrets secrets;

    WebhookSecretResource(CurrentCaller caller, WebhookSecrets secrets) {
        this.caller = caller;
        this.secrets = secrets;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "The tenant's secret for verifying webhooks (Standard Webhooks)")
    public Response secret() {
        if (!secrets.offered()) {
            throw new ProblemException(DoorError.NOT_FOUND, "webhooks are not set up in this installation");
        }
        return Response.ok(Map.of("secret", secrets.secret(caller.get().requireTenant())))
                .header("Cache-Control", "no-store")
                .build();
    }
}
