package io.ashlar.authz.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.page.Editions;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdCursors;
import io.ashlar.authz.page.IdPage;
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

/** Drafts of the caller's tenant. */
@Path("/api/v1/policy-drafts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy drafts")
@RunOnVirtualThread
class DraftResource {

    private static final String LIST = "policy-drafts";

    private final CurrentCaller current;
    private final DraftStore store;
    private final IdCursors cursors;

    DraftResource(CurrentCaller current, DraftStore store, IdCursors cursors) {
        this.current = current;
        this.store = store;
        this.cursors = cursors;
    }

    @GET
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "Drafts in order of their ids, without their texts")
    public IdPage<ObjectNode> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        IdCursors.Slice slice = cursors.slice(tenant, LIST, limit, cursor);
        return cursors.page(
                tenant,
                LIST,
                slice,
                store.list(tenant, slice).stream().map(Draft::head).toList(),
                draft -> draft.path("id").asText());
    }

    @GET
    @Path("{id}")
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "One draft")
    public Response get(@PathParam("id") String id) {
        return answer(false, store.find(current.get().requireTenant(), id));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "policy.draft")
    @Operation(summary = "Writes a draft: what shall be different from what is in force; null takes away")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "home", value = """
                                                    {"reason":"analysts read the flights of their own airport",
                                                     "policies":{"home-flights":"permit(principal in Role::\\"viewer\\", action == Action::\\"read\\", resource is Flight) when { resource.origin == principal.home };"},
                                                     "tests":"cases:\\n- {name: own airport, principal: {type: User, id: ana, attributes: {home: SFO}, parents: [{type: Role, id: viewer}]}, action: read, resource: {type: Flight, id: f, attributes: {origin: SFO}}, decision: allow, determining: [home-flights]}\\n"}
                                                    """)))
    public Response put(
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Nullable JsonNode body) {
        DraftReader.Wanted wanted = DraftReader.read(id, body);
        Caller caller = current.get();
        DraftStore.Written written =
                store.put(caller.requireTenant(), caller.subject(), wanted, new Expected(ifMatch, ifNoneMatch));
        return answer(written.created(), written.draft());
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission(action = "policy.draft")
    @Operation(summary = "Throws a draft away")
    @APIResponse(responseCode = "204", description = "gone")
    public Response delete(@PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        store.delete(current.get().requireTenant(), id, new Expected(ifMatch, null));
        return Response.noContent().build();
    }

    private static Response answer(boolean created, Draft draft) {
        return Editions.answer(created, draft.toJson(), draft.edition());
    }
}
