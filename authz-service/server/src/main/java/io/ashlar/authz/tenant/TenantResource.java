package io.ashlar.authz.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.call.Headers;
import io.ashlar.authz.page.Editions;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tenants, for the platform's operators. */
@Path("/api/v1/tenants/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("platform:admin")
@Tag(name = "tenants")
@RunOnVirtualThread
class TenantResource {

    private static final int NAME_LENGTH_MAX = 200;
    private static final int SUBJECT_LENGTH_MAX = 255;

    private final CurrentCaller current;
    private final TenantStore store;

    TenantResource(CurrentCaller current, TenantStore store) {
        this.current = current;
        this.store = store;
    }

    @GET
    @Operation(summary = "One tenant")
    public Response get(@PathParam("id") String id) {
        UUID tenant = Headers.uuid(id).orElseThrow(TenantResource::notFound);
        return answer(store.find(tenant).orElseThrow(TenantResource::notFound));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Creates a tenant with its first administrator, roles and default policies")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "tenant", value = """
                                                    {"name":"Acme","first_admin":"00000000-0000-4000-8000-000000000003"}
                                                    """)))
    public Response put(
            @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        Bodies bodies = new Bodies(faults);
        UUID tenant = Headers.uuid(id).orElse(null);
        if (tenant == null) {
            faults.add(new Fault("value_invalid", "/id", "a tenant's id is a UUID"));
        }
        boolean object = bodies.only(body, List.of("name", "first_admin"));
        JsonNode read = object && body != null ? body : JsonNodeFactory.instance.objectNode();
        String name = bodies.text(read.path("name"), "/name", NAME_LENGTH_MAX);
        String firstAdmin = bodies.text(read.path("first_admin"), "/first_admin", SUBJECT_LENGTH_MAX);
        if (!faults.isEmpty() || tenant == null) {
            throw new ProblemException(DoorError.INVALID_REQUEST, "the tenant is not valid", faults);
        }
        return answer(store.put(tenant, name, firstAdmin, current.get().subject(), ifMatch));
    }

    private static Response answer(TenantStore.Written written) {
        return Editions.answer(written.created(), written.tenant(), written.edition());
    }

    private static ProblemException notFound() {
        return new ProblemException(DoorError.NOT_FOUND, "there is no such tenant");
    }
}
