package io.ashlar.authz.policy;

import io.ashlar.authz.page.IdCursors;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.page.IdPage;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Default policies that the caller's tenant has, and lacks. A draft brings them; nothing else does. */
@Path("/api/v1/default-policies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policies")
@RunOnVirtualThread
class DefaultResource {

    private static final String LIST = "default-policies";

    private final CurrentCaller current;
    private final PolicyStore store;
    private final IdCursors cursors;

    DefaultResource(CurrentCaller current, PolicyStore store, IdCursors cursors) {
        this.current = current;
        this.store = store;
        this.cursors = cursors;
    }

    @GET
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "What a new tenant starts with, beside what is in force here")
    public IdPage<DefaultState> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        Slice slice = cursors.slice(tenant, LIST, limit, cursor);
        return cursors.page(tenant, LIST, slice, store.defaults(tenant, slice), DefaultState::id);
    }
}
