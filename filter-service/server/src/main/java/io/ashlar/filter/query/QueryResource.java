package io.ashlar.filter.query;

import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.call.Headers;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.body.Envelope;
import io.ashlar.filter.client.QueryAnswer;
import io.ashlar.filter.client.Resolved;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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

/** Queries over HTTP. */
@Path("/api/v1/datasets/{name}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "queries")
public class QueryResource {

    private final CurrentCaller caller;
    private final Resolver resolver;
    private final Pages pages;
    private final Resolves resolves;

    QueryResource(CurrentCaller caller, Resolver resolver, Pages pages, Resolves resolves) {
        this.caller = caller;
        this.resolver = resolver;
        this.pages = pages;
        this.resolves = resolves;
    }

    @POST
    @Path("/query")
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    @Operation(operationId = "query", summary = "A page of rows that match a filter and that the caller may read")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "late flights", value = Examples.QUERY)))
    @APIResponse(
            responseCode = "200",
            description = "Rows, a cursor if there are more, and how fresh they are",
            headers =
                    @Header(name = Headers.CONSISTENCY_TOKEN, description = "A later read that sends it sees no less"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "page", value = Examples.PAGE)))
    public Response query(@RestPath String name, @BeanParam FreshnessHeaders headers, byte[] body) {
        Consistency asked = headers.asked();
        Caller who = caller.get();
        Resolution resolution = resolver.resolve(who.requireTenant(), who.subject(), name, body, "");
        QueryAnswer answer = pages.page(resolution, asked);
        return Freshness.answered(answer, answer.consistency(), answer.token());
    }

    @POST
    @Path("/resolve")
    @RolesAllowed("platform:service")
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    @Operation(
            operationId = "resolve",
            summary = "A sealed query for the router",
            description = "For service accounts that act for a user (Ashlar-On-Behalf-Of).")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "stream", value = Examples.RESOLVE)))
    @APIResponse(
            responseCode = "200",
            description = "The seal, what its rows hold and how long it may be used",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "resolved", value = Examples.RESOLVED)))
    public Resolved resolve(@RestPath String name, byte[] body) {
        Caller who = caller.get();
        if (who.actingService() == null) {
            throw new ProblemException(
                    FilterError.ON_BEHALF_REQUIRED, "Send " + Headers.ON_BEHALF_OF + ": <tenant>/<sub>.");
        }
        ResolveRequest request = ResolveRequest.read(body);
        Resolution resolution =
                resolver.resolve(who.requireTenant(), who.subject(), name, request.queryJson(), Envelope.QUERY_POINTER);
        return resolves.resolve(resolution, request.op());
    }
}
