package io.ashlar.authz.principal;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.page.Editions;
import io.ashlar.authz.page.IdCursors;
import io.ashlar.authz.page.IdPage;
import io.ashlar.authz.principal.Principal.Kind;
import io.ashlar.authz.principal.PrincipalStore.Expected;
import io.ashlar.authz.principal.PrincipalStore.Written;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Users of the caller's tenant. */
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "principals")
@RunOnVirtualThread
class UserResource {

    private final CurrentCaller current;
    private final PrincipalStore store;
    private final IdCursors cursors;

    UserResource(CurrentCaller current, PrincipalStore store, IdCursors cursors) {
        this.current = current;
        this.store = store;
        this.cursors = cursors;
    }

    @GET
    @RequiresPermission(action = "principal.read")
    @Operation(summary = "Users in order of their ids")
    public IdPage<UserView> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        IdCursors.Slice slice = cursors.slice(tenant, Kind.USER.list(), limit, cursor);
        List<UserView> read =
                store.list(tenant, Kind.USER, slice).stream().map(UserView::of).toList();
        return cursors.page(tenant, Kind.USER.list(), slice, read, UserView::id);
    }

    @GET
    @Path("{id}")
    @RequiresPermission(action = "principal.read")
    @Operation(summary = "One user")
    public Response get(@PathParam("id") String id) {
        Principal found =
                store.find(current.get().requireTenant(), Kind.USER, id).orElseThrow(UserResource::notFound);
        return Response.ok(UserView.of(found))
                .header(HttpHeaders.ETAG, Editions.tag(found.revision()))
                .build();
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "principal.write")
    @Operation(summary = "Writes a user; each state is a revision that stays")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "user", value = """
                                                    {"roles":["viewer"],"groups":["west"],"attributes":{"home":"SFO"}}
                                                    """)))
    public Response put(
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Nullable JsonNode body) {
        Principal wanted = PrincipalReader.user(id, body);
        Caller caller = current.get();
        Written written =
                store.put(caller.requireTenant(), caller.subject(), wanted, new Expected(ifMatch, ifNoneMatch));
        return Response.status(written.created() ? Response.Status.CREATED : Response.Status.OK)
                .entity(UserView.of(written.principal()))
                .header(HttpHeaders.ETAG, Editions.tag(written.principal().revision()))
                .build();
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission(action = "principal.write")
    @Operation(summary = "Removes a user; its past stays readable")
    public Response delete(@PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        Caller caller = current.get();
        if (!store.delete(caller.requireTenant(), caller.subject(), Kind.USER, id, new Expected(ifMatch, null))) {
            throw notFound();
        }
        return Response.noContent().build();
    }

    private static ProblemException notFound() {
        return new ProblemException(DoorError.NOT_FOUND, "there is no such user");
    }
}
