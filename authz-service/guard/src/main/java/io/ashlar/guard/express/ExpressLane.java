package io.ashlar.guard.express;

import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.KnownCallers;
import io.ashlar.guard.limit.RateLimits;
import io.ashlar.guard.problem.ProblemResponses;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Leads short requests to a {@link Desk} right behind the front door, and all others on. Which way a request takes is settled by its
 * head, before anything is counted or read: what was begun here ends here. Thread-safe.
 */
@Singleton
public class ExpressLane {

    /** Longer bodies take the usual way: reading them may take long. */
    static final int BODY_BYTES_MAX = 8 << 10;

    private static final int BEHIND_THE_FRONT_DOOR = 999;
    private static final int LENGTH_DIGITS_MAX = 4;
    private static final String JSON = "application/json";
    private static final Set<String> CHARSETS =
            Set.of("; charset=utf-8", ";charset=utf-8", "; charset=UTF-8", ";charset=UTF-8");
    private static final String JSON_ANSWER = "application/json;charset=UTF-8";

    private final KnownCallers callers;
    private final RateLimits limits;
    private final ExecutorService threads;

    ExpressLane(KnownCallers callers, RateLimits limits, @VirtualThreads ExecutorService threads) {
        this.callers = callers;
        this.limits = limits;
        this.threads = threads;
    }

    /** Opens the lane to a desk; while the server starts. A resource of the same path answers what is not for the lane. */
    public void open(Filters filters, String path, Desk desk) {
        filters.register(
                context -> {
                    if (!isShort(context.request(), path) || !enter(context, desk)) {
                        context.next();
                    }
                },
                BEHIND_THE_FRONT_DOOR);
    }

    private static boolean isShort(HttpServerRequest request, String path) {
        return HttpMethod.POST.equals(request.method())
                && request.path().equals(path)
                && isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))
                && takesJson(request.getHeader(HttpHeaders.ACCEPT))
                && isShort(request.getHeader(HttpHeaders.CONTENT_LENGTH))
                && !request.headers().contains(HttpHeaders.EXPECT);
    }

    private static boolean isJson(@Nullable String type) {
        return type != null
                && type.startsWith(JSON)
                && (type.length() == JSON.length() || CHARSETS.contains(type.substring(JSON.length())));
    }

    private static boolean takesJson(@Nullable String accepted) {
        return accepted == null || accepted.equals("*/*") || accepted.equals(JSON);
    }

    private static boolean isShort(@Nullable String length) {
        return length != null
                && !length.isEmpty()
                && length.length() <= LENGTH_DIGITS_MAX
                && length.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(length) <= BODY_BYTES_MAX;
    }

    /** False if the caller must be proven first. */
    private boolean enter(RoutingContext context, Desk desk) {
        Optional<Caller> known;
        try {
            known = callers.find(context.request());
        } catch (RuntimeException refusal) {
            ProblemResponses.end(context, refusal);
            return true;
        }
        known.ifPresent(caller -> count(context, caller, desk));
        return known.isPresent();
    }

    private void count(RoutingContext context, Caller caller, Desk desk) {
        CompletableFuture<Void> admitted = limits.admit(context.response(), caller);
        if (admitted.isDone() && !admitted.isCompletedExceptionally()) {
            read(context, caller, desk);
        } else {
            Future.fromCompletionStage(admitted, Vertx.currentContext())
                    .onSuccess(nothing -> read(context, caller, desk))
                    .onFailure(refusal -> ProblemResponses.end(context, refusal));
        }
    }

    private void read(RoutingContext context, Caller caller, Desk desk) {
        context.request()
                .body()
                .onSuccess(body -> answer(context, caller, body.getBytes(), desk))
                // The connection ended within the body: nobody is left to read an answer.
                .onFailure(context::fail);
        context.request().resume();
    }

    private void answer(RoutingContext context, Caller caller, byte[] body, Desk desk) {
        Optional<byte[]> answer;
        try {
            answer = desk.answerAtOnce(caller, body);
        } catch (RuntimeException refusal) {
            ProblemResponses.end(context, refusal);
            return;
        }
        answer.ifPresentOrElse(bytes -> end(context, bytes), () -> answerElsewhere(context, caller, body, desk));
    }

    private void answerElsewhere(RoutingContext context, Caller caller, byte[] body, Desk desk) {
        Future.fromCompletionStage(
                        CompletableFuture.supplyAsync(() -> desk.answer(caller, body), threads), Vertx.currentContext())
                .onSuccess(bytes -> end(context, bytes))
                .onFailure(refusal -> ProblemResponses.end(context, refusal));
    }

    private static void end(RoutingContext context, byte[] answer) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON_ANSWER).end(Buffer.buffer(answer));
        }
    }
}
