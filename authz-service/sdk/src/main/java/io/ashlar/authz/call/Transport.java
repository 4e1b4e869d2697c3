package io.ashlar.authz.call;

import io.ashlar.authz.call.CallFailedException.Reason;
import io.ashlar.authz.problem.Problem;
import io.ashlar.authz.problem.ProblemJson;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.smallrye.faulttolerance.api.Guard;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/**
 * What all views of one call share: connections, breaker, bulkhead. The JDK client's own timeout ends with the answer's
 * headers, so the body is awaited under the deadline too.
 */
final class Transport implements AutoCloseable {

    private static final int PROBLEM_BYTES_MAX = 256 * 1024;

    /** The share of the deadline after which a read is sent a second time: a quarter, so that the second has time left. */
    private static final int HEDGED_AFTER = 4;

    /** One call, ready to be sent. Never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Call(
            String method,
            String path,
            byte @Nullable [] body,
            String mediaType,
            String accept,
            Map<String, String> headers,
            Effect effect) {}

    /** What may be done with a call that has no answer yet. */
    enum Effect {
        /** It only reads: it may be sent again, even while it is under way. */
        READS,
        /** It may be repeated when it has failed. */
        REPEATABLE,
        ONCE
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Raw(int status, HttpHeaders headers, byte[] body) {}

    private record Opened(int status, HttpHeaders headers, InputStream body) {}

    private final String service;
    private final URI base;
    private final @Nullable Supplier<String> bearer;
    private final CallLimits limits;
    private final HttpClient client;
    private final Guard breaker;
    private final Guard repeats;
    private final Hedge hedge;

    Transport(String service, URI base, @Nullable Supplier<String> bearer, CallLimits limits) {
        this.service = service;
        this.base = base;
        this.bearer = bearer;
        this.limits = limits;
        this.hedge = new Hedge(limits.deadline().dividedBy(HEDGED_AFTER));
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        this.breaker = Guard.create()
                .withBulkhead()
                .limit(limits.inFlight())
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(limits.breakerWindow())
                .failureRatio(0.5)
                .delay(limits.breakerDelay().toMillis(), ChronoUnit.MILLIS)
                .when(failure -> failure instanceof CallFailedException failed && failed.infrastructure())
                .done()
                .build();
        this.repeats = Guard.create()
                .withRetry()
                .maxRetries(Math.max(1, limits.retries()))
                .delay(25, ChronoUnit.MILLIS)
                .jitter(25, ChronoUnit.MILLIS)
                .maxDuration(limits.deadline().toMillis(), ChronoUnit.MILLIS)
                .whenException(failure -> failure instanceof CallFailedException failed && failed.repeatable())
                .done()
                .build();
    }

    String service() {
        return service;
    }

    <T> Answer<T> exchange(Call call, Class<T> type) {
        long end = System.nanoTime() + limits.deadline().toNanos();
        return traced(call, () -> {
            Callable<Raw> attempt = () -> guarded(() -> answered(call, end), Raw.class);
            Raw raw = call.effect() != Effect.ONCE && limits.retries() > 0
                    ? repeats.call(attempt, Raw.class)
                    : attempt.call();
            return new Answer<>(raw.status(), raw.headers().map(), read(raw.body(), type));
        });
    }

    InputStream stream(Call call) {
        return open(call).body();
    }

    Answer<InputStream> open(Call call) {
        long end = System.nanoTime() + limits.deadline().toNanos();
        return traced(call, () -> {
            Opened opened = guarded(() -> opened(call, end), Opened.class);
            return new Answer<>(opened.status(), opened.headers().map(), opened.body());
        });
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private Raw answered(Call call, long end) throws InterruptedException {
        HttpResponse<byte[]> response = send(call, end, BoundedBody.handler(limits.answerBytes()));
        if (response.statusCode() >= 400) {
            throw refused(response, response.body());
        }
        return new Raw(response.statusCode(), response.headers(), response.body());
    }

    private Opened opened(Call call, long end) throws InterruptedException, IOException {
        HttpResponse<InputStream> response = send(call, end, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() >= 400) {
            try (InputStream body = response.body()) {
                throw refused(response, body.readNBytes(PROBLEM_BYTES_MAX));
            }
        }
        return new Opened(
                response.statusCode(),
                response.headers(),
                new DeadlineStream(response.body(), limits.streamDeadline()));
    }

    private <T> HttpResponse<T> send(Call call, long end, BodyHandler<T> handler) throws InterruptedException {
        HttpRequest request = request(call);
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw failed(Reason.DEADLINE, call, null);
        }
        CompletableFuture<HttpResponse<T>> future = call.effect() == Effect.READS && limits.retries() > 0
                ? hedge.first(() -> client.sendAsync(request, handler))
                : client.sendAsync(request, handler);
        try {
            return future.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw failed(Reason.DEADLINE, call, e);
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof BoundedBody.TooLargeException) {
                throw failed(Reason.UNREADABLE, call, cause);
            }
            if (cause instanceof IOException) {
                boolean late = cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException);
                throw failed(late ? Reason.DEADLINE : Reason.UNREACHABLE, call, cause);
            }
            throw new IllegalStateException("calling " + service, cause);
        }
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target(call.path()));
        builder.header("Accept", call.accept());
        byte[] body = call.body();
        if (body == null) {
            builder.method(call.method(), HttpRequest.BodyPublishers.noBody());
        } else {
            builder.header("Content-Type", call.mediaType());
            builder.method(call.method(), HttpRequest.BodyPublishers.ofByteArray(body));
        }
        if (bearer != null) {
            builder.setHeader("Authorization", "Bearer " + bearer.get());
        }
        String requestId = RequestIds.current();
        if (requestId != null) {
            builder.setHeader(Headers.REQUEST_ID, requestId);
        }
        call.headers().forEach(builder::setHeader);
        GlobalOpenTelemetry.getPropagators()
                .getTextMapPropagator()
                .inject(Context.current(), builder, (carrier, name, value) -> {
                    if (carrier != null) {
                        carrier.setHeader(name, value);
                    }
                });
        return builder.build();
    }

    private URI target(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with a slash: " + path);
        }
        String root = base.toString();
        return URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + path);
    }

    private <T> T read(byte[] body, Class<T> type) throws IOException {
        if (type == byte[].class) {
            return type.cast(body);
        }
        if (type == String.class) {
            return type.cast(new String(body, StandardCharsets.UTF_8));
        }
        if (type == Void.class) {
            return type.cast(null);
        }
        try {
            return WireJson.mapper().readValue(body, type);
        } catch (IOException e) {
            throw CallFailedException.without(service, Reason.UNREADABLE, "not a " + type.getSimpleName(), e);
        }
    }

    private CallFailedException refused(HttpResponse<?> response, byte[] body) {
        @Nullable Problem problem = ProblemJson.read(body).orElse(null);
        long retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.length() <= 9 && text.chars().allMatch(Character::isDigit) && !text.isEmpty())
                .map(Long::parseLong)
                .orElse(-1L);
        return CallFailedException.refused(service, response.statusCode(), problem, retryAfter);
    }

    private <T> T guarded(Callable<T> attempt, Class<T> type) throws Exception {
        try {
            return breaker.call(attempt, type);
        } catch (CircuitBreakerOpenException e) {
            throw CallFailedException.without(service, Reason.BREAKER_OPEN, "not tried", e);
        } catch (BulkheadException e) {
            throw CallFailedException.without(service, Reason.BUSY, "not tried", e);
        }
    }

    private <T> T traced(Call call, Callable<T> work) {
        Span span = GlobalOpenTelemetry.getTracer("io.ashlar.call")
                .spanBuilder(call.method() + " " + service)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("peer.service", service)
                .setAttribute("http.request.method", call.method())
                .startSpan();
        Scope scope = span.makeCurrent();
        try {
            return work.call();
        } catch (CallFailedException e) {
            span.setStatus(StatusCode.ERROR, e.reason().name());
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(Reason.DEADLINE, call, e);
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR);
            throw e;
        } catch (Exception e) {
            throw failed(Reason.UNREACHABLE, call, e);
        } finally {
            scope.close();
            span.end();
        }
    }

    private CallFailedException failed(Reason reason, Call call, @Nullable Throwable cause) {
        return CallFailedException.without(service, reason, call.method() + " " + call.path(), cause);
    }
}
