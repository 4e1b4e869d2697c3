package io.ashlar.filter.aggregate;

import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.call.Headers;
import io.ashlar.filter.client.GroupsAnswer;
import io.ashlar.filter.query.Freshness;
import io.ashlar.filter.query.FreshnessHeaders;
import io.ashlar.filter.query.Grouping;
import io.ashlar.filter.query.Resolver;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
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

/** Groups over HTTP. */
@Path("/api/v1/datasets/{name}/aggregate")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "queries")
public class AggregateResource {

    private static final String QUERY = """
            {"filters": [{"field": "delay", "op": "gt", "value": 0}],
             "tz": "America/Chicago",
             "aggregate": {
               "group_by": [{"field": "date", "bucket": "month", "as": "month"}, {"field": "origin"}],
               "measures": [{"fn": "count", "as": "flights"}, {"fn": "percentile", "field": "delay", "p": 0.95, "as": "p95"}],
               "having": {"field": "flights", "op": "gte", "value": 10}},
             "sort": [{"field": "flights", "dir": "desc"}],
             "page": {"limit": 20}}
            """;

    private static final String PAGE = """
            {"groups": [{"month": "2001-01-01", "origin": "ORD", "flights": 212, "p95": 94}],
             "next_cursor": "v1.k1.AAAA",
             "source": "replica-1", "lag_ms": 3, "consistency": "eventual", "reason": "replica",
             "token": "v1.eyJpIjoxfQ"}
            """;

    private final CurrentCaller caller;
    private final Resolver resolver;
    private final Groups groups;

    AggregateResource(CurrentCaller caller, Resolver resolver, Groups groups) {
        this.caller = caller;
        this.resolver = resolver;
        this.groups = groups;
    }

    @POST
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    @Operation(
            operationId = "aggregate",
            summary = "A page of groups of the rows that match a filter and that the caller may read",
            description =
                    "Without group_by there is one group: everything. Fields that are masked can be neither grouped by nor"
                            + " measured.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "late flights by month", value = QUERY)))
    @APIResponse(
            responseCode = "200",
            description = "Groups, a cursor if there are more, and how fresh they are",
            headers =
                    @Header(name = Headers.CONSISTENCY_TOKEN, description = "A later read that sends it sees no less"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "page", value = PAGE)))
    public Response aggregate(@RestPath String name, @BeanParam FreshnessHeaders headers, byte[] body) {
        Consistency asked = headers.asked();
        Caller who = caller.get();
        Grouping grouping = resolver.group(who.requireTenant(), who.subject(), name, resolver.read(body, ""), "");
        GroupsAnswer answer = groups.page(grouping, asked);
        return Freshness.answered(answer, answer.consistency(), answer.token());
    }
}
