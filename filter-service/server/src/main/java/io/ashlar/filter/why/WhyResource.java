package io.ashlar.filter.why;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.Consistency;
import io.ashlar.filter.body.Envelope;
import io.ashlar.filter.client.WhyAnswer;
import io.ashlar.filter.query.Freshness;
import io.ashlar.filter.query.FreshnessHeaders;
import io.ashlar.filter.query.Resolution;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Why a row is in an answer or not, over HTTP. */
@Path("/api/v1/datasets/{name}/why")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "queries")
public class WhyResource {

    private static final String REQUEST = """
            {"key": {"id": "flight:17"},
             "query": {"filters": [
               {"field": "delay", "op": "gt", "value": 60},
               {"or": [{"field": "origin", "op": "eq", "value": "ORD"}, {"field": "origin", "op": "eq", "value": "JFK"}]}]}}
            """;

    private static final String ANSWER = """
            {"returned": false,
             "kept_out_by": ["/query/filters/0"],
             "filter": {"pointer": "/query/filters", "node": "and", "passes": false, "nodes": [
               {"pointer": "/query/filters/0", "node": "condition", "passes": false, "field": "delay", "actual": 12},
               {"pointer": "/query/filters/1", "node": "or", "passes": true, "nodes": [
                 {"pointer": "/query/filters/1/or/0", "node": "condition", "passes": true, "field": "origin", "actual": "ORD"},
                 {"pointer": "/query/filters/1/or/1", "node": "condition", "passes": false, "field": "origin", "actual": "ORD"}]}]},
             "source": "replica-1", "lag_ms": 3, "consistency": "eventual", "reason": "replica", "token": "v1.eyJpIjoxfQ"}
            """;

    private final CurrentCaller caller;
    private final Resolver resolver;
    private final Whys whys;

    WhyResource(CurrentCaller caller, Resolver resolver, Whys whys) {
        this.caller = caller;
        this.resolver = resolver;
        this.whys = whys;
    }

    @POST
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    @Operation(
            operationId = "why",
            summary = "Which node of a filter keeps a row out",
            description = "The query is what /query takes; its order, fields and page do not count."
                    + " A row that the caller may not read is answered as one that does not exist.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "one flight", value = REQUEST)))
    @APIResponse(
            responseCode = "200",
            description = "The verdict of each node, with the row's own value for each condition",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "kept out", value = ANSWER)))
    public Response why(@RestPath String name, @BeanParam FreshnessHeaders headers, byte[] body) {
        Consistency asked = headers.asked();
        Envelope envelope = new Envelope(body, List.of("key", "query"));
        byte[] query = envelope.queryJson();
        JsonNode key = envelope.member("key");
        if (key.isMissingNode()) {
            envelope.fault("missing_key", "", "The key \"key\" is missing.");
        }
        envelope.done("The request does not name a row and a query.");
        Caller who = caller.get();
        Resolution resolution =
                resolver.resolve(who.requireTenant(), who.subject(), name, query, Envelope.QUERY_POINTER);
        WhyAnswer answer = whys.why(resolution, key, asked);
        return Freshness.answered(answer, answer.consistency(), answer.token());
    }
}
