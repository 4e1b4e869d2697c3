package io.ashlar.export.request;

import io.ashlar.authz.call.Headers;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.export.ExportError;
import io.ashlar.export.client.Export;
import io.ashlar.export.client.ExportPage;
import io.ashlar.export.store.ObjectStore;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FaultCode;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Exports over HTTP. */
@Path("/api/v1/exports")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "exports")
public final class ExportResource {

    private static final int LIMIT_MAX = 200;

    private final CurrentCaller caller;
    private final Acceptance acceptance;
    private final Exports exports;
    private final ObjectStore store;

    ExportResource(CurrentCaller caller, Acceptance acceptance, Exports exports, ObjectStore store) {
        this.caller = caller;
        this.acceptance = acceptance;
        this.exports = exports;
        this.store = store;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "export.create")
    @Operation(summary = "Ask for an export")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = io.ashlar.export.client.ExportRequest.class),
                            examples = {
                                @ExampleObject(name = "late flights", value = Examples.REQUEST),
                                @ExampleObject(name = "everything", value = Examples.EVERYTHING)
                            }))
    @APIResponse(
            responseCode = "202",
            description = "Queued; Location says where to ask",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Export.class),
                            examples = @ExampleObject(name = "queued", value = Examples.QUEUED)))
    @APIResponse(
            responseCode = "400",
            description = "Every fault of the request",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            examples = @ExampleObject(name = "format", value = Examples.UNSUPPORTED_FORMAT)))
    public Response create(byte[] body, @HeaderParam(Headers.IDEMPOTENCY_KEY) @Nullable String idempotencyKey) {
        if (idempotencyKey != null && !Idempotency.isKey(idempotencyKey)) {
            throw Refusals.of(List.of(new Fault(
                    FaultCode.VALUE_INVALID,
                    "header:" + Headers.IDEMPOTENCY_KEY,
                    "An idempotency key has 1 to " + Idempotency.KEY_LENGTH_MAX + " visible ASCII characters.")));
        }
        Export export = acceptance.accept(caller.get(), body, idempotencyKey);
        return Response.accepted(export)
                .location(URI.create("/api/v1/exports/" + export.id()))
                .build();
    }

    @GET
    @RequiresPermission(action = "export.read")
    @Operation(summary = "The tenant's exports, newest first")
    public ExportPage list(
            @QueryParam("limit") @DefaultValue("50") String limit, @QueryParam("cursor") @Nullable String cursor) {
        return exports.list(caller.get().requireTenant(), limit(limit), cursor);
    }

    @GET
    @Path("/{id}")
    @RequiresPermission(action = "export.read", resourceType = "Export", resourceId = "id")
    @Operation(summary = "Where an export stands")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            schema = @Schema(implementation = Export.class),
                            examples = @ExampleObject(name = "succeeded", value = Examples.SUCCEEDED)))
    public Export get(@PathParam("id") String id) {
        return exports.get(caller.get().requireTenant(), id(id)).export();
    }

    @POST
    @Path("/{id}/cancel")
    @RequiresPermission(action = "export.cancel", resourceType = "Export", resourceId = "id")
    @Operation(summary = "End an export before its time")
    public Response cancel(@PathParam("id") String id) {
        Export export = exports.cancel(caller.get().requireTenant(), id(id));
        return Response.status(export.state().isFinal() ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(export)
                .build();
    }

    @GET
    @Path("/{id}/download")
    @RequiresPermission(action = "export.read", resourceType = "Export", resourceId = "id")
    @Operation(summary = "A signed link to the file, good for a few minutes")
    @APIResponse(responseCode = "302", description = "Location is the link")
    public Response download(@PathParam("id") String id) {
        ExportRow row = ended(id);
        String key = row.objectKey();
        if (key == null) {
            throw new ProblemException(ExportError.EXPORT_EXPIRED, "the file is gone, export again");
        }
        Export export = row.export();
        return Response.status(Response.Status.FOUND)
                .location(store.link(key, export.id() + "." + export.format()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @GET
    @Path("/{id}/receipt")
    @Produces({"application/jose", MediaType.APPLICATION_JSON})
    @RequiresPermission(action = "export.read", resourceType = "Export", resourceId = "id")
    @Operation(summary = "The signed receipt, a compact JWS")
    @APIResponse(responseCode = "200", content = @Content(mediaType = "application/jose"))
    public Response receipt(@PathParam("id") String id) {
        return Response.ok(ended(id).receipt(), "application/jose").build();
    }

    /** An export that succeeded. */
    private ExportRow ended(String id) {
        ExportRow row = exports.get(caller.get().requireTenant(), id(id));
        return switch (row.export().state()) {
            case SUCCEEDED -> row;
            case QUEUED, RUNNING ->
                throw new ProblemException(ExportError.EXPORT_NOT_READY, "the export is not done yet").retryAfter(1);
            case FAILED, CANCELLED, DEAD ->
                throw new ProblemException(ExportError.EXPORT_WITHOUT_FILE, "the export ended without a file");
        };
    }

    /** What is no id is nobody's export. */
    private static UUID id(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
        throw notFound();
    }

    private static ProblemException notFound() {
        return new ProblemException(DoorError.NOT_FOUND, "there is no export of this id");
    }

    private static int limit(String text) {
        if (text.length() <= 3 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LIMIT_MAX) {
                return limit;
            }
        }
        throw Refusals.of(List.of(
                new Fault(FaultCode.OUT_OF_RANGE, "query:limit", "A page has 1 to " + LIMIT_MAX + " exports.")));
    }
}
