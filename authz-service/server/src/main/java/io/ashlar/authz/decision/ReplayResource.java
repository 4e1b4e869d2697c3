package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
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

/** Recorded decisions, made again. */
@Path("/api/v1/decisions/replay")
@Tag(name = "decisions")
class ReplayResource {

    private final CurrentCaller current;
    private final Replays replays;

    ReplayResource(CurrentCaller current, Replays replays) {
        this.current = current;
        this.replays = replays;
    }

    @POST
    @RunOnVirtualThread
    @RequiresPermission(action = "audit.replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Would the policies and principals of then decide the same?")
    @RequestBody(
            required = true,
            description = "an event of the audit log, as it is in the topic or in the archive",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "allowed", value = """
                                                    {"tenant":"11111111-1111-4111-8111-111111111111","actor":"00000000-0000-4000-8000-000000000001",
                                                     "action":"dataset.query","resource":{"type":"Dataset","id":"flights"},
                                                     "decision":"allow","reason":"default-viewer","policy_version":1,"revision":3,
                                                     "inputs":{"subject":{"type":"User","id":"00000000-0000-4000-8000-000000000001"}}}
                                                    """)))
    @APIResponse(
            responseCode = "200",
            description = "both decisions, and whether they and their reasons are the same",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples = @ExampleObject(name = "same", value = """
                                                    {"same":true,"policy_version":1,"revision":3,
                                                     "recorded":{"decision":"allow","reason":"default-viewer"},
                                                     "replayed":{"decision":"allow","reason":"default-viewer","errors":[]}}
                                                    """)))
    public ObjectNode replay(byte[] body) {
        RecordedDecision recorded = RecordedDecision.of(body);
        Replays.Outcome replayed = replays.replay(current.get(), recorded);
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("same", replayed.same(recorded))
                .put("policy_version", recorded.versions().policyVersion())
                .put("revision", recorded.versions().revision());
        node.putObject("recorded").put("decision", word(recorded.allowed())).put("reason", recorded.reason());
        ArrayNode errors = node.putObject("replayed")
                .put("decision", word(replayed.allowed()))
                .put("reason", replayed.reason())
                .putArray("errors");
        replayed.errors().forEach(errors::add);
        return node;
    }

    private static String word(boolean allowed) {
        return allowed ? "allow" : "deny";
    }
}
