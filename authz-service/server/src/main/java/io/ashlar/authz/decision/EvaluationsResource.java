package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.guard.identity.CurrentCaller;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** OpenID AuthZEN 1.0, access evaluations: many at once. */
@Path("/access/v1/evaluations")
@Tag(name = "decisions")
class EvaluationsResource {

    private final CurrentCaller current;
    private final Answers answers;
    private final DecisionConfig config;

    EvaluationsResource(CurrentCaller current, Answers answers, DecisionConfig config) {
        this.current = current;
        this.answers = answers;
        this.config = config;
    }

    @POST
    @Authenticated
    @RunOnVirtualThread
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Many questions at one revision; what they share is said once")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "two", value = """
                                                    {"subject":{"type":"User","id":"00000000-0000-4000-8000-000000000001"},
                                                     "resource":{"type":"Dataset","id":"flights"},
                                                     "evaluations":[{"action":{"name":"dataset.query"}},{"action":{"name":"dataset.declare"}}],
                                                     "options":{"evaluations_semantic":"execute_all"}}
                                                    """)))
    @APIResponse(
            responseCode = "200",
            description =
                    "a decision for each, in order, as far as the semantic goes; without evaluations that of the question",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "two", value = """
                                                    {"evaluations":[
                                                     {"decision":true,"context":{"policy_version":1,"revision":3,"reason":["default-viewer"],"errors":[]}},
                                                     {"decision":false,"context":{"policy_version":1,"revision":3,"reason":[],"errors":[]}}]}
                                                    """)))
    public ObjectNode evaluate(@HeaderParam("Content-Type") @Nullable String contentType, byte[] body) {
        JsonNode read = QuestionBody.read(contentType, body);
        Optional<Batch> batch = BatchReader.read(read, config.evaluationsMax());
        Decisions.Sitting sitting = answers.sitting(current.get());
        if (batch.isEmpty()) {
            Question question = QuestionReader.evaluation(read);
            new AskingRight(sitting).require(question.subject());
            return answers.answer(sitting, question);
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("evaluations").addAll(answers.answer(sitting, batch.get()));
        return answer;
    }
}
