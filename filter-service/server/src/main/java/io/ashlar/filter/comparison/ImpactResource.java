package io.ashlar.filter.comparison;

import io.ashlar.authz.call.Consistency;
import io.ashlar.filter.client.ImpactAnswer;
import io.ashlar.filter.impact.ImpactKeys;
import io.ashlar.filter.query.FreshnessHeaders;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Impacts over HTTP. */
@Path("/api/v1/datasets/{name}/impact")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "impact")
public class ImpactResource {

    private static final String REQUEST = """
            {"subjects": [
               {"subject": "00000000-0000-4000-8000-000000000001",
                "after": {"decision": "FILTER", "filter": {"field": "origin", "op": "eq", "value": "ORD"},
                          "masked": ["distance"], "policy_version": 8, "revision": 13}}],
             "sample": 5}
            """;

    private static final String ANSWER = """
            {"impact": "eyJhbGciOiJFZERTQSJ9.e30.AAAA",
             "result": {"v": 1, "tenant": "11111111-1111-4111-8111-111111111111", "dataset": "flights", "dataset_version": 3,
               "asked_by": "00000000-0000-4000-8000-000000000002", "asked_at": "2026-11-21T12:00:00.000000Z", "as_of": "v1.eyJpIjoxfQ",
               "subjects": [{"subject": "00000000-0000-4000-8000-000000000001", "before": "sha256:00", "after": "sha256:01",
                 "gained": {"rows": 0, "sample": [], "fields": []},
                 "lost": {"rows": 18211, "sample": [{"id": "flight:1"}], "fields": ["distance"]}}],
               "digest": "sha256:02"}}
            """;

    private final CurrentCaller caller;
    private final Impacts impacts;

    ImpactResource(CurrentCaller caller, Impacts impacts) {
        this.caller = caller;
        this.impacts = impacts;
    }

    @POST
    @RequiresPermission(action = "dataset.impact", resourceType = "Dataset", resourceId = "name")
    @Operation(
            operationId = "impact",
            summary = "Who gains and who loses which rows by other plans, signed",
            description =
                    "Counts are exact and of all rows of the tenant; examples are of rows that the caller may read."
                            + " Without \"before\" the plan is what the policies say now.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "a narrower plan", value = REQUEST)))
    @APIResponse(
            responseCode = "200",
            description = "A JWS over the result, and the result to read",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = @ExampleObject(name = "impact", value = ANSWER)))
    public ImpactAnswer impact(@RestPath String name, @BeanParam FreshnessHeaders headers, byte[] body) {
        Consistency asked = headers.asked();
        Caller who = caller.get();
        ImpactKeys.Signed signed = impacts.impact(who.requireTenant(), who.subject(), name, body, asked);
        return new ImpactAnswer(signed.jws(), signed.payload());
    }
}
