package io.ashlar.authz.shared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.page.IdCursors;
import io.ashlar.authz.page.IdPage;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shared sets as the caller's tenant sees them. */
@Path("/api/v1/shared-policy-sets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "shared policy sets")
@RunOnVirtualThread
class ChoiceResource {

    private static final String LIST = "shared-policy-sets";

    private final CurrentCaller current;
    private final ChoiceStore store;
    private final IdCursors cursors;

    ChoiceResource(CurrentCaller current, ChoiceStore store, IdCursors cursors) {
        this.current = current;
        this.store = store;
        this.cursors = cursors;
    }

    @GET
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "The platform's sets, and whether they hold here")
    public IdPage<SharedView> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        IdCursors.Slice slice = cursors.slice(tenant, LIST, limit, cursor);
        return cursors.page(tenant, LIST, slice, store.list(tenant, slice), SharedView::id);
    }

    @GET
    @Path("{id}")
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "One of the platform's sets")
    public SharedView get(@PathParam("id") String id) {
        return store.find(current.get().requireTenant(), id);
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "policy.configure")
    @Operation(summary = "Takes a set, or goes without it")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "leave", value = """
                                                    {"applies":false}
                                                    """)))
    public SharedView put(@PathParam("id") String id, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        boolean object = new Bodies(faults).only(body, List.of("applies"));
        JsonNode read = object && body != null ? body : JsonNodeFactory.instance.objectNode();
        JsonNode applies = read.path("applies");
        if (object && !applies.isBoolean()) {
            faults.add(new Fault(
                    applies.isMissingNode() ? "missing_key" : "wrong_type", "/applies", "expected true or false"));
        }
        Bodies.refuse(faults);
        Caller caller = current.get();
        return store.put(caller.requireTenant(), caller.subject(), id, applies.booleanValue());
    }
}
