package io.ashlar.authz.entity;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.entity.EntityRows.OwnedType;
import io.ashlar.authz.entity.EntityViews.TypeView;
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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Types that the caller's tenant has registered as authz's own. */
@Path("/api/v1/entity-types")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "entities")
@RunOnVirtualThread
class EntityTypeResource {

    private static final String LIST = "entity-types";

    private final CurrentCaller current;
    private final OwnedStore store;
    private final IdCursors cursors;

    EntityTypeResource(CurrentCaller current, OwnedStore store, IdCursors cursors) {
        this.current = current;
        this.store = store;
        this.cursors = cursors;
    }

    @GET
    @RequiresPermission(action = "entity.read")
    @Operation(summary = "Registered types in order of their names")
    public IdPage<TypeView> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        IdCursors.Slice slice = cursors.slice(tenant, LIST, limit, cursor);
        List<TypeView> read =
                store.types(tenant, slice).stream().map(TypeView::of).toList();
        return cursors.page(tenant, LIST, slice, read, TypeView::type);
    }

    @GET
    @Path("{type}")
    @RequiresPermission(action = "entity.read")
    @Operation(summary = "One registered type")
    public Response get(@PathParam("type") String type) {
        return answer(false, store.type(current.get().requireTenant(), type));
    }

    @PUT
    @Path("{type}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "entity.write")
    @Operation(summary = "Registers a type: what requests say of its entities is not taken from then on")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "type", value = "{}")))
    public Response put(
            @PathParam("type") String type,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Nullable JsonNode body) {
        EntityReader.type(type, body);
        Caller caller = current.get();
        OwnedStore.Written<OwnedType> written =
                store.putType(caller.requireTenant(), caller.subject(), type, new Expected(ifMatch, ifNoneMatch));
        return answer(written.created(), written.state());
    }

    @DELETE
    @Path("{type}")
    @RequiresPermission(action = "entity.write")
    @Operation(summary = "Gives a type without entities up: requests say what there is of it")
    @APIResponse(responseCode = "204", description = "given up")
    public Response delete(@PathParam("type") String type, @HeaderParam("If-Match") @Nullable String ifMatch) {
        Caller caller = current.get();
        store.deleteType(caller.requireTenant(), caller.subject(), type, new Expected(ifMatch, null));
        return Response.noContent().build();
    }

    private static Response answer(boolean created, OwnedType type) {
        return Editions.answer(created, TypeView.of(type), type.revision());
    }
}
