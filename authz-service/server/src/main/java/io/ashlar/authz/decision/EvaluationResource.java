package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.guard.identity.CurrentCaller;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
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
import org.jspecify.annotations.Nullable;

/** OpenID AuthZEN 1.0, access evaluation. */
@Path(EvaluationResource.PATH)
@Tag(name = "decisions")
class EvaluationResource {

    static final String PATH = "/access/v1/evaluation";

    private final CurrentCaller current;
    private final Answers answers;

    EvaluationResource(CurrentCaller current, Answers answers) {
        this.current = current;
        this.answers = answers;
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
    public ObjectNode evaluate(@HeaderParam("Content-Type") @Nullable String contentType, byte[] body) {
        return answers.answer(current.get(), QuestionReader.evaluation(QuestionBody.read(contentType, body)));
    }
}
