package io.ashlar.filter.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Schemas of queries, and their validation, over HTTP. */
@Path("/api/v1/datasets/{name}")
@RunOnVirtualThread
@Tag(name = "queries")
public class SchemaResource {

    private static final String SCHEMA_JSON = "application/schema+json";

    private final CurrentCaller caller;
    private final Schemas schemas;

    SchemaResource(CurrentCaller caller, Schemas schemas) {
        this.caller = caller;
        this.schemas = schemas;
    }

    @GET
    @Path("/schema")
    @Produces(SCHEMA_JSON)
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    @Operation(
            operationId = "getQuerySchema",
            summary = "The JSON Schema (2020-12) of the dataset's queries, with the fields that the caller may see")
    @APIResponse(
            responseCode = "200",
            description = "The schema; it changes with the dataset and with what the caller may see",
            headers = @Header(name = "ETag", description = "Of this schema"),
            content =
                    @Content(
                            mediaType = SCHEMA_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "flights", value = Examples.SCHEMA)))
    @APIResponse(responseCode = "304", description = "As the ETag in If-None-Match says")
    public Response schema(
            @RestPath String name, @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        Schemas.Described described = schemas.describe(caller.get(), name);
        Response.ResponseBuilder response = ifNoneMatch != null && ifNoneMatch.contains(described.etag())
                ? Response.notModified()
                : Response.ok(described.schema().toString());
        return response.header(HttpHeaders.ETAG, described.etag())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }

    @POST
    @Path("/validate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    @Operation(
            operationId = "validateQuery",
            summary = "Whether a query would be taken; nothing is run",
            description =
                    "Of rows or of groups. The faults are those that asking it would name. A cursor is not opened.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "late flights by airport", value = Examples.QUERY)))
    @APIResponse(
            responseCode = "200",
            description = "It would; canonical is the same query, spelled in the one way by which it is known again",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "valid", value = Examples.VALID)))
    public ObjectNode validate(@RestPath String name, byte[] body) {
        return schemas.validate(caller.get(), name, body);
    }
}
