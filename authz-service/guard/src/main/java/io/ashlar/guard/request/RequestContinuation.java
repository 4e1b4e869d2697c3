package io.ashlar.guard.request;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * Brings an asynchronous answer back to the Vert.x context of the request that waits for it.
 *
 * <p>A request filter that is answered on another thread (a Redis connection, a timer, a worker) would let its request go on
 * there, and CDI keeps a request's beans on the Vert.x context: the request would then see the context of the one that
 * opened the connection, its caller included. So every filter of the door that waits goes through here.
 */
public final class RequestContinuation {

    private RequestContinuation() {}

    /** The same answer, given on the context that is current now; for use inside a request filter. */
    public static <T extends @Nullable Object> Uni<T> of(Uni<T> answer) {
        Context request = Vertx.currentContext();
        if (request == null) {
            throw new IllegalStateException("a request filter runs on its request's context");
        }
        return answer.emitOn(command -> {
            if (Vertx.currentContext() == request) {
                // An answer that was there already has not left; a turn through the event loop would only take time.
                command.run();
            } else {
                request.runOnContext(ignored -> command.run());
            }
        });
    }
}
