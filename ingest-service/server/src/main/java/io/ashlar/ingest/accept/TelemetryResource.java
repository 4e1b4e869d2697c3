package io.ashlar.ingest.accept;

import io.ashlar.authz.call.Headers;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Parsed;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission;
import io.ashlar.ingest.client.BatchAnswer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Takes telemetry in. */
@Path("/api/v1/telemetry")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "telemetry")
@RunOnVirtualThread
public class TelemetryResource {

    private static final String NDJSON = "application/x-ndjson";

    private static final String JSON_EXAMPLE = """
            {"records":[{"entity_id":"flight:1","event_at":"2001-01-01T10:00:00Z","attributes":{"delay":12,"origin":"ATL"}}]}""";

    private static final String LINES_EXAMPLE = """
            {"entity_id":"flight:1","event_at":"2001-01-01T10:00:00Z","attributes":{"delay":12,"origin":"ATL"}}
            {"entity_id":"flight:2","event_at":"2001-01-01T10:05:00Z","attributes":{"delay":null}}
            """;

    private static final String ANSWER_EXAMPLE = """
            {"batch_key":"2001-01-01/0","accepted":1,"rejected":[{"index":1,"errors":[{"code":"attribute_unknown",\
            "pointer":"/attributes/dealy","detail":"the attribute is not declared"}]}],\
            "receipt":"eyJhbGciOiJFZERTQSJ9.e30.c2ln","token":"v1.eyJpIjoxfQ"}""";

    private final BatchAcceptor acceptor;
    private final CurrentCaller caller;

    TelemetryResource(BatchAcceptor acceptor, CurrentCaller caller) {
        this.acceptor = acceptor;
        this.caller = caller;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, NDJSON})
    @RequiresPermission(action = "telemetry.write")
    @Operation(
            summary = "Send a batch",
            description = "Answered when every valid record is on the log. Safe to repeat under one Idempotency-Key.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.OBJECT),
                        examples = @ExampleObject(name = "one record", value = JSON_EXAMPLE)),
                @Content(
                        mediaType = NDJSON,
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "two lines", value = LINES_EXAMPLE))
            })
    @APIResponse(
            responseCode = "202",
            description = "on the log",
            content = @Content(examples = @ExampleObject(name = "one taken, one not", value = ANSWER_EXAMPLE)))
    @APIResponse(
            responseCode = "409",
            description = "the same batch is being taken in; Retry-After says when to ask again")
    @APIResponse(responseCode = "422", description = "the key stands for another body, or no record is valid")
    @APIResponse(responseCode = "503", description = "the log is out of reach; send again under the same key")
    public Response send(
            @HeaderParam(Headers.IDEMPOTENCY_KEY) @Nullable String key,
            @HeaderParam("Content-Type") MediaType type,
            byte @Nullable [] body) {
        Caller sender = caller.get();
        BatchIdentity batch = new BatchIdentity(sender.requireTenant(), sender.subject(), key(key));
        BatchAcceptor.Format format =
                type.getSubtype().equals("json") ? BatchAcceptor.Format.JSON : BatchAcceptor.Format.LINES;
        BatchAnswer answer = acceptor.accept(batch, format, body == null ? new byte[0] : body);
        return Response.accepted(answer)
                .header(Headers.CONSISTENCY_TOKEN, answer.token())
                .build();
    }

    private static String key(@Nullable String given) {
        if (given == null) {
            return UUID.randomUUID().toString();
        }
        return switch (Headers.idempotencyKey(given)) {
            case Parsed.Ok<String> ok -> ok.value();
            case Parsed.Faulty<String> faulty ->
                throw new ProblemException(DoorError.INVALID_REQUEST, "a header is not usable", faulty.faults());
        };
    }
}
