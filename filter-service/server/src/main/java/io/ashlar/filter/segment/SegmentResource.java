package io.ashlar.filter.segment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.dataset.Precondition;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Segments over HTTP. */
@Path("/api/v1/datasets/{name}/segments")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "segments")
public class SegmentResource {

    private final CurrentCaller caller;
    private final SegmentRegistry registry;
    private final SegmentPages pages;

    SegmentResource(CurrentCaller caller, SegmentRegistry registry, SegmentPages pages) {
        this.caller = caller;
        this.registry = registry;
        this.pages = pages;
    }

    @POST
    @RequiresPermission(action = "segment.write", resourceType = "Dataset", resourceId = "name")
    @Operation(
            operationId = "createSegment",
            summary = "Save a filter, for oneself or for the tenant",
            description =
                    "It is checked against the dataset as the caller sees it; all faults are named. In queries it is"
                            + " used as {\"segment\": \"<id>\"}, and checked again with the user's eyes.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "late", value = Examples.REQUEST)))
    @APIResponse(
            responseCode = "201",
            description = "The segment",
            headers = {
                @Header(name = "ETag", description = "The version, quoted"),
                @Header(name = "Location", description = "Where it is read and changed")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "late", value = Examples.SEGMENT)))
    public Response create(@RestPath String name, byte[] body) {
        SavedSegment segment = registry.create(caller.get(), name, body);
        return Response.created(UriBuilder.fromResource(SegmentResource.class)
                        .path("{id}")
                        .build(name, segment.id()))
                .entity(SegmentView.of(segment))
                .header(HttpHeaders.ETAG, segment.etag())
                .build();
    }

    @PUT
    @Path("/{id}")
    @RequiresPermission(action = "segment.write", resourceType = "Dataset", resourceId = "name")
    @Operation(
            operationId = "changeSegment",
            summary = "Change a segment: its owner, or who holds segment.manage",
            description = "Send If-Match with the ETag that was read; without it nothing that differs is changed.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "late", value = Examples.REQUEST)))
    @APIResponse(
            responseCode = "200",
            description = "The segment as it stands now",
            headers = @Header(name = "ETag", description = "The version, quoted"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "late", value = Examples.SEGMENT)))
    public Response change(
            @RestPath String name,
            @RestPath String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            byte[] body) {
        SavedSegment segment = registry.change(caller.get(), name, id, body, Precondition.of(ifMatch, null));
        return answer(segment);
    }

    @GET
    @Path("/{id}")
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    @Operation(operationId = "getSegment", summary = "A segment of one's own, or a shared one")
    @APIResponse(
            responseCode = "200",
            description = "The segment",
            headers = @Header(name = "ETag", description = "The version, quoted"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "late", value = Examples.SEGMENT)))
    public Response get(
            @RestPath String name,
            @RestPath String id,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        SavedSegment segment = registry.require(caller.get(), name, id);
        if (ifNoneMatch != null && ifNoneMatch.contains(segment.etag())) {
            return Response.notModified()
                    .header(HttpHeaders.ETAG, segment.etag())
                    .build();
        }
        return answer(segment);
    }

    @DELETE
    @Path("/{id}")
    @RequiresPermission(action = "segment.write", resourceType = "Dataset", resourceId = "name")
    @Operation(
            operationId = "deleteSegment",
            summary = "Delete a segment that no other one speaks of",
            description = "Private segments of other people are not in the way; who uses them is told what is missing.")
    @APIResponse(responseCode = "204", description = "It is gone")
    public void delete(
            @RestPath String name, @RestPath String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        registry.delete(caller.get(), name, id, Precondition.of(ifMatch, null));
    }

    @GET
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    @Operation(operationId = "listSegments", summary = "One's own segments of a dataset and the shared ones, in pages")
    @APIResponse(
            responseCode = "200",
            description = "A page by name; without next_cursor it is the last",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "page", value = Examples.LIST)))
    public ObjectNode list(
            @RestPath String name, @RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
        return pages.page(caller.get(), name, limit, cursor);
    }

    private static Response answer(SavedSegment segment) {
        return Response.ok(SegmentView.of(segment))
                .header(HttpHeaders.ETAG, segment.etag())
                .build();
    }
}
