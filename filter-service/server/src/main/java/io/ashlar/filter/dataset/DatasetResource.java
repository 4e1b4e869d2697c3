package io.ashlar.filter.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FaultCode;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Datasets over HTTP. */
@Path("/api/v1/datasets")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "datasets")
public class DatasetResource {

    private static final String ALLOW = "allow";

    private final CurrentCaller caller;
    private final DatasetRegistry registry;
    private final DatasetPages pages;

    DatasetResource(CurrentCaller caller, DatasetRegistry registry, DatasetPages pages) {
        this.caller = caller;
        this.registry = registry;
        this.pages = pages;
    }

    @PUT
    @Path("/{name}")
    @RequiresPermission(action = "dataset.declare", resourceType = "Dataset", resourceId = "name")
    @Operation(
            operationId = "declareDataset",
            summary = "Declare a dataset, or its next version",
            description =
                    "Without a precondition an existing dataset is never changed: send If-Match with the ETag that was"
                            + " read. The same declaration again is answered 200 and makes no version. What would break"
                            + " those who use the present version is refused (409), unless breaking=allow is said.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "flights", value = Examples.DECLARATION)))
    @APIResponse(
            responseCode = "201",
            description = "The first version; warnings say what will be slow",
            headers = @Header(name = "ETag", description = "The version, quoted"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "flights", value = Examples.DATASET)))
    @APIResponse(responseCode = "200", description = "The next version, or the present one if nothing changed")
    public Response declare(
            @RestPath String name,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @RestQuery @Nullable String breaking,
            byte[] body) {
        Precondition precondition = Precondition.of(ifMatch, ifNoneMatch);
        DatasetRegistry.Outcome outcome = registry.declare(caller.get(), name, body, precondition, allowed(breaking));
        return switch (outcome.declared()) {
            case Declared.Created(Stored stored) -> answer(201, stored, outcome);
            case Declared.Changed(Stored stored) -> answer(200, stored, outcome);
            case Declared.Unchanged(Stored stored) -> answer(200, stored, outcome);
            case Declared.Stale() ->
                throw new ProblemException(
                        DoorError.PRECONDITION_FAILED,
                        "The dataset is not as the precondition says; read it, and send its ETag as If-Match.");
            case Declared.OverQuota(long limit) ->
                throw new ProblemException(
                        FilterError.DATASET_QUOTA,
                        "A tenant may have " + limit + " datasets (datasets.max-per-tenant).");
        };
    }

    @GET
    @Path("/{name}")
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    @Operation(operationId = "getDataset", summary = "The current version of a dataset")
    @APIResponse(
            responseCode = "200",
            description = "The dataset",
            headers = @Header(name = "ETag", description = "The version, quoted"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "flights", value = Examples.DATASET)))
    public Response get(@RestPath String name, @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        Stored stored = registry.stored(caller.get().requireTenant(), name);
        if (ifNoneMatch != null && ifNoneMatch.contains(stored.etag())) {
            return Response.notModified()
                    .header(HttpHeaders.ETAG, stored.etag())
                    .build();
        }
        return Response.ok(DatasetView.of(stored))
                .header(HttpHeaders.ETAG, stored.etag())
                .build();
    }

    @GET
    @RequiresPermission(action = "dataset.query")
    @Operation(operationId = "listDatasets", summary = "The tenant's datasets by name, in pages")
    @APIResponse(
            responseCode = "200",
            description = "A page; without next_cursor it is the last",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "page", value = Examples.LIST)))
    public ObjectNode list(@RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
        return pages.page(caller.get().requireTenant(), limit, cursor);
    }

    private static boolean allowed(@Nullable String breaking) {
        if (breaking != null && !breaking.equals(ALLOW)) {
            throw new ProblemException(
                    DoorError.INVALID_REQUEST,
                    "The parameter is not valid.",
                    List.of(new Fault(
                            FaultCode.VALUE_INVALID,
                            "query:breaking",
                            "Leave it out, or say that it may.",
                            List.of(ALLOW),
                            null)));
        }
        return breaking != null;
    }

    private static Response answer(int status, Stored stored, DatasetRegistry.Outcome outcome) {
        return Response.status(status)
                .entity(DatasetView.of(stored, outcome.warnings()))
                .header(HttpHeaders.ETAG, stored.etag())
                .build();
    }
}
