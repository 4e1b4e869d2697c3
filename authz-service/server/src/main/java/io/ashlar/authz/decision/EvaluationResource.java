package io.ashlar.authz.decision;

import io.ashlar.authz.client.Decision;
import io.ashlar.authz.client.EvaluationJson;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** OpenID AuthZEN 1.0, access evaluation. */
@Path("/access/v1/evaluation")
@Tag(name = "decisions")
class EvaluationResource {

    private final CurrentCaller current;
    private final Decisions decisions;
    private final AskingRight right;

    EvaluationResource(CurrentCaller current, Decisions decisions, AskingRight right) {
        this.current = current;
        this.decisions = decisions;
        this.right = right;
    }

    @POST
    @Authenticated
    @RunOnVirtualThread
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "May this subject do this to this resource?")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "query", value = """
                                                    {"subject":{"type":"User","id":"00000000-0000-4000-8000-000000000001"},
                                                     "action":{"name":"dataset.query"},
                                                     "resource":{"type":"Dataset","id":"flights"}}
                                                    """)))
    @APIResponse(
            responseCode = "200",
            description = "the decision, with the ids of the policies that decided",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "allowed", value = """
                                                    {"decision":true,"context":{"policy_version":1,"revision":3,"reason":["viewer"],"errors":[]}}
                                                    """)))
    public Response evaluate(@HeaderParam("Content-Type") @Nullable String contentType, byte[] body) {
        requireJson(contentType);
        Question question = QuestionReader.evaluation(body);
        Caller caller = current.get();
        right.require(caller, question.subject());
        Decisions.Answer answer = decisions.decide(caller, question);
        DecisionAnswer decided = answer.decision();
        List<String> errors = decided.errors().stream()
                .map(error -> error.policyId() + ": " + error.message())
                .toList();
        Decision decision = new Decision(
                decided.allowed() ? Decision.Outcome.ALLOW : Decision.Outcome.DENY,
                answer.versions().policyVersion(),
                answer.versions().revision(),
                decided.determining(),
                errors);
        return Response.ok(EvaluationJson.write(decision)).build();
    }

    /** AuthZEN answers 400 to another type, where HTTP would say 415. */
    private static void requireJson(@Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals(MediaType.APPLICATION_JSON)) {
            throw new ProblemException(DoorError.INVALID_REQUEST, "the content type must be application/json");
        }
    }
}
