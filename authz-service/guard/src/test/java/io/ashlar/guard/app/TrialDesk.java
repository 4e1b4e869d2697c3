package io.ashlar.guard.app;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.guard.express.Desk;
import io.ashlar.guard.express.ExpressLane;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.request.RequestId;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A desk and the resource behind it: an answer says which of them gave it. */
@Path(TrialDesk.PATH)
public class TrialDesk implements Desk {

    public static final String PATH = "/trial/desk";

    private final CurrentCaller current;

    TrialDesk(CurrentCaller current) {
        this.current = current;
    }

    void open(@Observes Filters filters, ExpressLane lane) {
        lane.open(filters, PATH, this);
    }

    /** The usual way. */
    @POST
    @RunOnVirtualThread
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] usual(byte[] body) {
        return said("resource", current.get());
    }

    @Override
    public Optional<byte[]> answerAtOnce(Caller caller, byte[] body) {
        return switch (new String(body, StandardCharsets.UTF_8)) {
            case "\"wait\"", "\"wait and fail\"" -> Optional.empty();
            case "\"fail\"" -> throw new IllegalStateException("a secret");
            case "\"refuse\"" -> throw new ProblemException(DoorError.UNAVAILABLE, "not yet").retryAfter(7);
            default -> Optional.of(said("lane", caller));
        };
    }

    @Override
    public byte[] answer(Caller caller, byte[] body) {
        if (new String(body, StandardCharsets.UTF_8).contains("fail")) {
            throw new ProblemException(DoorError.FORBIDDEN, "not you");
        }
        return said("elsewhere", caller);
    }

    private static byte[] said(String way, Caller caller) {
        return """
                {"way":"%s","virtual":%b,"subject":"%s","tenant":"%s","acting_service":"%s","request_id":"%s"}\
                """.formatted(
                        way,
                        Thread.currentThread().isVirtual(),
                        caller.subject(),
                        caller.tenant(),
                        caller.actingService(),
                        RequestId.current())
                .getBytes(StandardCharsets.UTF_8);
    }
}
