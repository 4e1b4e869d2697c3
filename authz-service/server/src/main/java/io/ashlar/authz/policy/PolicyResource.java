package io.ashlar.authz.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.page.Editions;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdCursors;
import io.ashlar.authz.page.IdPage;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.cedar.PolicySource;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Policies of the caller's tenant. */
@Path("/api/v1/policies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policies")
@RunOnVirtualThread
class PolicyResource {

    private static final String LIST = "policies";

    private final CurrentCaller current;
    private final PolicyStore store;
    private final PolicyCheck check;
    private final IdCursors cursors;

    PolicyResource(CurrentCaller current, PolicyStore store, PolicyCheck check, IdCursors cursors) {
        this.current = current;
        this.store = store;
        this.check = check;
        this.cursors = cursors;
    }

    @GET
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "Policies in force, in order of their ids")
    public IdPage<StoredPolicy> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        IdCursors.Slice slice = cursors.slice(tenant, LIST, limit, cursor);
        return cursors.page(tenant, LIST, slice, store.list(tenant, slice), StoredPolicy::id);
    }

    @GET
    @Path("{id}")
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "One policy")
    public Response get(@PathParam("id") String id) {
        StoredPolicy policy = store.find(current.get().requireTenant(), id).orElseThrow(PolicyResource::notFound);
        return Editions.answer(false, policy, policy.version());
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "policy.write")
    @Operation(summary = "Puts one policy in force at once; each text is a version that stays")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "rows", value = """
                                                    {"cedar":"permit(principal in Group::\\"west\\", action == Action::\\"read\\", resource is Flight) when { [\\"SFO\\", \\"LAX\\"].contains(resource.origin) };"}
                                                    """)))
    public Response put(
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Nullable JsonNode body) {
        PolicySource source = check.read(id, body);
        Caller caller = current.get();
        PolicyStore.Written written = store.put(
                caller.requireTenant(), caller.subject(), id, source.text(), new Expected(ifMatch, ifNoneMatch));
        return Editions.answer(
                written.created(), written.policy(), written.policy().version());
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission(action = "policy.write")
    @Operation(summary = "Takes a policy out of force")
    @APIResponse(responseCode = "204", description = "out of force; its texts stay")
    public Response delete(@PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        Caller caller = current.get();
        if (!store.delete(caller.requireTenant(), caller.subject(), id, new Expected(ifMatch, null))) {
            throw notFound();
        }
        return Response.noContent().build();
    }

    private static ProblemException notFound() {
        return new ProblemException(DoorError.NOT_FOUND, "there is no such policy in force");
    }
}
