package io.ashlar.filter.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Versions of datasets over HTTP. */
@Path("/api/v1/datasets/{name}/versions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "datasets")
public class VersionResource {

    private final CurrentCaller caller;
    private final DatasetRegistry registry;
    private final VersionPages pages;

    VersionResource(CurrentCaller caller, DatasetRegistry registry, VersionPages pages) {
        this.caller = caller;
        this.registry = registry;
        this.pages = pages;
    }

    @GET
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    @Operation(operationId = "listDatasetVersions", summary = "The versions of a dataset, the latest first, in pages")
    @APIResponse(
            responseCode = "200",
            description = "A page; without next_cursor it is the last",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "page", value = Examples.VERSIONS)))
    public ObjectNode list(
            @RestPath String name, @RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
        return pages.page(caller.get().requireTenant(), name, limit, cursor);
    }

    @GET
    @Path("/{version}")
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    @Operation(
            operationId = "getDatasetVersion",
            summary = "A version of a dataset, who declared it, and what it changed",
            description = "Each change is compatible, breaking, or needs_rights (dataset.reclassify).")
    @APIResponse(
            responseCode = "200",
            description = "The version; it never changes",
            headers = @Header(name = "ETag", description = "The version, quoted"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "flights", value = Examples.VERSION)))
    public Response get(@RestPath String name, @RestPath String version) {
        List<DatasetStore.Version> found = registry.version(caller.get().requireTenant(), name, number(version));
        return Response.ok(DatasetView.of(found))
                .header(HttpHeaders.ETAG, found.getFirst().stored().etag())
                .build();
    }

    private static long number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new ProblemException(FilterError.UNKNOWN_DATASET_VERSION, "A version is a whole number.");
        }
        return Long.parseLong(text);
    }
}
