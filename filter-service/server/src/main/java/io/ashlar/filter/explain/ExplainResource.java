package io.ashlar.filter.explain;

import io.ashlar.authz.call.Consistency;
import io.ashlar.filter.client.Explanation;
import io.ashlar.filter.dsl.Query;
import io.ashlar.filter.query.Freshness;
import io.ashlar.filter.query.FreshnessHeaders;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Explanations over HTTP. */
@Path("/api/v1/datasets/{name}/explain")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "queries")
public class ExplainResource {

    private static final String QUERY = """
            {"filters": [
               {"field": "delay", "op": "gt", "value": 60},
               {"field": "origin", "op": "contains", "value": "or", "ci": true}],
             "sort": [{"field": "delay", "dir": "desc"}]}
            """;

    private static final String ANSWER = """
            {"dataset_version": 3,
             "sql": {"postgresql": "SELECT … FROM ingest.entity_jsonb AS t WHERE t.tenant_id = $1::uuid AND …",
                     "duckdb": "SELECT …", "clickhouse": "SELECT …"},
             "estimated": {"store": "postgresql", "rows": 1200, "total_cost": 5300, "page_cost": 5300,
               "steps": [{"depth": 0, "type": "Limit", "filtered": false},
                         {"depth": 1, "type": "Seq Scan", "relation": "ingest.entity_jsonb", "filtered": true}]},
             "plan": {"decision": "FILTER", "masked": ["distance"], "policy_version": 7, "plan_hash": "sha256:00"},
             "advice": [
               {"pointer": "/filters/0", "field": "delay", "verdict": "not_leakproof",
                "detail": "No index can serve under row-level security: reading a member of JSON, and its cast, is not leakproof."},
               {"pointer": "/sort", "field": "delay", "verdict": "sorted",
                "detail": "Every row that matches is sorted: this key is worked out row by row."}],
             "source": "replica-1", "lag_ms": 3, "consistency": "eventual", "reason": "replica", "token": "v1.eyJpIjoxfQ"}
            """;

    private final CurrentCaller caller;
    private final Resolver resolver;
    private final Explains explains;

    ExplainResource(CurrentCaller caller, Resolver resolver, Explains explains) {
        this.caller = caller;
        this.resolver = resolver;
        this.explains = explains;
    }

    @POST
    @RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
    @Operation(
            operationId = "explain",
            summary = "What a query for rows or groups would be and cost",
            description =
                    "Takes what /query and /aggregate take. Nothing is run. The SQL is the client's own filter with placeholders;"
                            + " the estimates are made with what the policies add.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "late flights", value = QUERY)))
    @APIResponse(
            responseCode = "200",
            description = "SQL by store, estimates, what the policies do, and advice on indexes",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "explained", value = ANSWER)))
    public Response explain(@RestPath String name, @BeanParam FreshnessHeaders headers, byte[] body) {
        Consistency asked = headers.asked();
        Caller who = caller.get();
        Query query = resolver.read(body, "");
        Explanation answer = query.aggregate() == null
                ? explains.rows(resolver.resolve(who.requireTenant(), who.subject(), name, query, ""), asked)
                : explains.groups(resolver.group(who.requireTenant(), who.subject(), name, query, ""), asked);
        return Freshness.answered(answer, answer.consistency(), answer.token());
    }
}
