package io.ashlar.authz.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.decision.DraftPlans;
import io.ashlar.authz.impact.Standing;
import io.ashlar.authz.page.Editions;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.plan.PlanChange;
import io.ashlar.authz.plan.PlanJson;
import io.ashlar.authz.publication.Reasons;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a draft would change for whom: plans, results of filter-service, and who agrees to them. */
@Path("/api/v1/policy-drafts/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy drafts")
@RunOnVirtualThread
class ImpactResource {

    /** As long as the database takes. */
    private static final int JWS_LENGTH_MAX = 262_144;

    private static final int EVIDENCE_LENGTH_MAX = 100;

    private final CurrentCaller current;
    private final DraftImpacts impacts;
    private final DraftPlans plans;

    ImpactResource(CurrentCaller current, DraftImpacts impacts, DraftPlans plans) {
        this.current = current;
        this.impacts = impacts;
        this.plans = plans;
    }

    @POST
    @Path("plan")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "Which rows may this subject act on now, and which if the draft were published?")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "flights", value = """
                                                    {"subject":{"type":"User","id":"00000000-0000-4000-8000-000000000001"},
                                                     "action":{"name":"read"},"resource":{"type":"Flight"},
                                                     "fields":[{"path":"origin","type":"string"}]}
                                                    """)))
    public ObjectNode plan(@PathParam("id") String id, byte[] body) {
        Caller caller = current.get();
        UUID tenant = caller.requireTenant();
        PlanChange change = plans.plans(caller, body, id, now -> impacts.drafted(tenant, id, now));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("before", PlanJson.write(change.before()));
        answer.set("after", PlanJson.write(change.after()));
        return answer;
    }

    @GET
    @Path("impacts")
    @RequiresPermission(action = "policy.read")
    @Operation(summary = "What the attached results show: who gains, who loses, and of whom nothing is known")
    public Response standing(@PathParam("id") String id) {
        return answer(Response.Status.OK, impacts.standing(current.get().requireTenant(), id));
    }

    @POST
    @Path("impacts")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "policy.draft")
    @Operation(summary = "Attaches a signed impact of filter-service to the draft as it is")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "jws", value = """
                                                    {"impact":"eyJhbGciOiJFZERTQSIsImtpZCI6ImsxIn0.e30.c2ln"}
                                                    """)))
    @APIResponse(responseCode = "201", description = "attached; what the results show now")
    public Response attach(
            @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        Bodies bodies = new Bodies(faults);
        String jws = bodies.only(body, List.of("impact")) && body != null
                ? bodies.text(body.path("impact"), "/impact", JWS_LENGTH_MAX)
                : "";
        Bodies.refuse(faults);
        return answer(Response.Status.CREATED, impacts.attach(current.get(), id, jws, new Expected(ifMatch, null)));
    }

    @POST
    @Path("approve")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(action = "policy.approve")
    @Operation(summary = "Agrees to what is gained by the draft, as the attached results show it")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "evidence", value = """
                                                    {"evidence":"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                                                     "reason":"analysts are to see late flights"}
                                                    """)))
    public Response approve(
            @PathParam("id") String id, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        Bodies bodies = new Bodies(faults);
        String evidence = "";
        String reason = null;
        if (bodies.only(body, List.of("evidence", "reason")) && body != null) {
            evidence = bodies.text(body.path("evidence"), "/evidence", EVIDENCE_LENGTH_MAX);
            reason = body.has("reason") ? bodies.text(body.path("reason"), "/reason", Reasons.LENGTH_MAX) : null;
        }
        Bodies.refuse(faults);
        return answer(
                Response.Status.OK, impacts.approve(current.get(), id, evidence, reason, new Expected(ifMatch, null)));
    }

    private static Response answer(Response.Status status, Standing standing) {
        return Editions.answer(status == Response.Status.CREATED, standing, standing.edition());
    }
}
