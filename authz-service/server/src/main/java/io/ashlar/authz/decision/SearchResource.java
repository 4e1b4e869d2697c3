package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.decision.SearchQuestion.Kind;
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

/** OpenID AuthZEN 1.0, searches: who may, what may be acted on, what may be done. */
@Path("/access/v1/search")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "decisions")
@Authenticated
@RunOnVirtualThread
class SearchResource {

    private final CurrentCaller current;
    private final Searches searches;

    SearchResource(CurrentCaller current, Searches searches) {
        this.current = current;
        this.searches = searches;
    }

    @POST
    @Path("subject")
    @Operation(summary = "Who may do this to that? Of the subjects that authz keeps")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "users", value = """
                                                    {"subject":{"type":"User"},"action":{"name":"dataset.query"},
                                                     "resource":{"type":"Dataset","id":"flights"},"page":{"limit":50}}
                                                    """)))
    @APIResponse(
            responseCode = "200",
            description = "subjects in order of their ids; an empty next_token ends the pages",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "users", value = """
                                                    {"page":{"next_token":"","count":1},"context":{"policy_version":1,"revision":3},
                                                     "results":[{"type":"User","id":"00000000-0000-4000-8000-000000000001"}]}
                                                    """)))
    public ObjectNode subjects(@HeaderParam("Content-Type") @Nullable String contentType, byte[] body) {
        return search(Kind.SUBJECT, contentType, body);
    }

    @POST
    @Path("resource")
    @Operation(summary = "What may this subject act on so? Of the resources that authz keeps")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "groups", value = """
                                                    {"subject":{"type":"User","id":"00000000-0000-4000-8000-000000000003"},
                                                     "action":{"name":"principal.write"},"resource":{"type":"Group"}}
                                                    """)))
    @APIResponse(
            responseCode = "200",
            description = "resources in order of their ids; none where their type is kept elsewhere, with a hint",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "groups", value = """
                                                    {"context":{"policy_version":1,"revision":3},"results":[{"type":"Group","id":"west"}]}
                                                    """)))
    public ObjectNode resources(@HeaderParam("Content-Type") @Nullable String contentType, byte[] body) {
        return search(Kind.RESOURCE, contentType, body);
    }

    @POST
    @Path("action")
    @Operation(summary = "What may this subject do to that? Of the actions that the tenant's policies name")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "flights", value = """
                                                    {"subject":{"type":"User","id":"00000000-0000-4000-8000-000000000001"},
                                                     "resource":{"type":"Dataset","id":"flights"}}
                                                    """)))
    @APIResponse(
            responseCode = "200",
            description = "actions in order of their names",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "flights", value = """
                                                    {"context":{"policy_version":1,"revision":3},"results":[{"name":"dataset.query"},{"name":"export.create"}]}
                                                    """)))
    public ObjectNode actions(@HeaderParam("Content-Type") @Nullable String contentType, byte[] body) {
        return search(Kind.ACTION, contentType, body);
    }

    private ObjectNode search(Kind kind, @Nullable String contentType, byte[] body) {
        JsonNode read = QuestionBody.read(contentType, body);
        SearchQuestion question = SearchReader.read(kind, read);
        return searches.answer(current.get(), question, read.has("page"));
    }
}
