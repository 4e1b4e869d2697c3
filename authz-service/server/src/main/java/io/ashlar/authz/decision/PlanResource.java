package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.plan.PlanJson;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Decisions about rows as filters. */
@Path("/api/v1/plan")
@Tag(name = "decisions")
class PlanResource {

    private final CurrentCaller current;
    private final Decisions decisions;

    PlanResource(CurrentCaller current, Decisions decisions) {
        this.current = current;
        this.decisions = decisions;
    }

    @POST
    @Authenticated
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Which rows of a type may this subject act on?")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "flights", value = """
                                                    {"subject":{"type":"User","id":"00000000-0000-4000-8000-000000000001"},
                                                     "action":{"name":"read"},"resource":{"type":"Flight"},
                                                     "fields":[{"path":"delay","sensitivity":"public"},{"path":"distance","sensitivity":"internal"}],
                                                     "context":{}}
                                                    """)))
    @APIResponse(
            responseCode = "200",
            description = "all rows, none, or those a filter lets through; and what must be masked",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "filter", value = """
                                                    {"decision":"FILTER","filter":{"and":[{"field":"origin","op":"is_null","value":false},
                                                     {"field":"origin","op":"eq","value":"SFO"}]},
                                                     "masked":["distance"],"policy_version":7,"revision":12}
                                                    """)))
    public ObjectNode plan(byte[] body) {
        PlanQuestion question = QuestionReader.plan(body);
        Caller caller = current.get();
        new AskingRight(decisions.sitting(caller)).require(question.subject());
        return PlanJson.write(decisions.plan(caller, question));
    }
}
