package io.ashlar.authz.principal;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdPage;
import io.ashlar.authz.principal.Principal.Kind;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Roles of the caller's tenant. */
@Path("/api/v1/roles")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "principals")
@RunOnVirtualThread
class RoleResource {

    private final PrincipalCalls calls;

    RoleResource(PrincipalCalls calls) {
        this.calls = calls;
    }

    @GET
    @RequiresPermission(action = "principal.read")
    @Operation(summary = "Roles in order of their ids")
    public IdPage<RoleView> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
        return calls.list(Kind.ROLE, RoleView::of, RoleView::id, limit, cursor);
    }

    @GET
    @Path("{id}")
    @RequiresPermission(action = "principal.read")
    @Operation(summary = "One role")
    public Response get(@PathParam("id") String id) {
        return calls.get(Kind.ROLE, id, RoleView::of);
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "principal.write")
    @Operation(summary = "Writes a role that the tenant defines; each state is a revision that stays")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "role", value = """
                                                    {"parents":["viewer"]}
                                                    """)))
    public Response put(
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Nullable JsonNode body) {
        return calls.put(PrincipalReader.role(id, body), new Expected(ifMatch, ifNoneMatch), RoleView::of);
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission(action = "principal.write")
    @Operation(summary = "Removes a role that nobody has; its past stays readable")
    @APIResponse(responseCode = "204", description = "removed; its past stays readable")
    public Response delete(@PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return calls.delete(Kind.ROLE, id, new Expected(ifMatch, null));
    }
}
