package io.ashlar.authz.entity;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.entity.EntityViews.EntityView;
import io.ashlar.authz.page.Editions;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdCursors;
import io.ashlar.authz.page.IdPage;
import io.ashlar.cedar.EntityUid;
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

/** Entities of registered types of the caller's tenant. */
@Path("/api/v1/entity-types/{type}/entities")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "entities")
@RunOnVirtualThread
class EntityResource {

    private final CurrentCaller current;
    private final OwnedStore store;
    private final IdCursors cursors;

    EntityResource(CurrentCaller current, OwnedStore store, IdCursors cursors) {
        this.current = current;
        this.store = store;
        this.cursors = cursors;
    }

    @GET
    @RequiresPermission(action = "entity.read")
    @Operation(summary = "Entities of a type in order of their ids")
    public IdPage<EntityView> list(
            @PathParam("type") String type,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        String list = "entities/" + type;
        IdCursors.Slice slice = cursors.slice(tenant, list, limit, cursor);
        List<EntityView> read =
                store.entities(tenant, type, slice).stream().map(EntityView::of).toList();
        return cursors.page(tenant, list, slice, read, EntityView::id);
    }

    @GET
    @Path("{id}")
    @RequiresPermission(action = "entity.read")
    @Operation(summary = "One entity")
    public Response get(@PathParam("type") String type, @PathParam("id") String id) {
        return answer(false, store.entity(current.get().requireTenant(), uid(type, id)));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "entity.write")
    @Operation(summary = "Writes an entity; each state is a revision that stays")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "folder", value = """
                                                    {"parents":[{"type":"Folder","id":"finance"}],"attributes":{"confidential":true}}
                                                    """)))
    public Response put(
            @PathParam("type") String type,
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Nullable JsonNode body) {
        OwnedEntity wanted = EntityReader.entity(type, id, body);
        Caller caller = current.get();
        OwnedStore.Written<OwnedEntity> written =
                store.put(caller.requireTenant(), caller.subject(), wanted, new Expected(ifMatch, ifNoneMatch));
        return answer(written.created(), written.state());
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission(action = "entity.write")
    @Operation(summary = "Removes an entity that nothing is in; its past stays readable")
    @APIResponse(responseCode = "204", description = "removed; its past stays readable")
    public Response delete(
            @PathParam("type") String type,
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        Caller caller = current.get();
        store.delete(caller.requireTenant(), caller.subject(), uid(type, id), new Expected(ifMatch, null));
        return Response.noContent().build();
    }

    private static EntityUid uid(String type, String id) {
        if (!EntityUid.isTypeName(type) || id.length() > EntityUid.ID_LENGTH_MAX) {
            throw OwnedStore.notFound("entity");
        }
        return new EntityUid(type, id);
    }

    private static Response answer(boolean created, OwnedEntity entity) {
        return Editions.answer(created, EntityView.of(entity), entity.revision());
    }
}
