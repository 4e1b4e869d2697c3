package io.ashlar.authz.publication;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.page.Editions;
import io.ashlar.authz.page.Expected;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How strict publishing is in the caller's tenant. */
@Path("/api/v1/policy-settings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policies")
@RunOnVirtualThread
class SettingsResource {

    private final CurrentCaller current;
    private final SettingsStore store;

    SettingsResource(CurrentCaller current, SettingsStore store) {
        this.current = current;
        this.store = store;
    }

    @GET
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "How strict publishing is")
    public Response get() {
        PolicySettings settings = store.find(current.get().requireTenant());
        return Editions.answer(false, settings, settings.edition());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "policy.configure")
    @Operation(summary = "Sets how strict publishing is")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "strict", value = """
                                                    {"two_person":true,"impact":"required","impact_datasets":["flights"]}
                                                    """)))
    public Response put(@HeaderParam("If-Match") @Nullable String ifMatch, @Nullable JsonNode body) {
        SettingsReader.Wanted wanted = SettingsReader.read(body);
        Caller caller = current.get();
        PolicySettings settings =
                store.put(caller.requireTenant(), caller.subject(), wanted, new Expected(ifMatch, null));
        return Editions.answer(false, settings, settings.edition());
    }
}
