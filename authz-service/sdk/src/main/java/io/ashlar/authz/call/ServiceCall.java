package io.ashlar.authz.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Blocking calls to one service: JSON in and out, a deadline over everything, repeats of what is safe to repeat (GET, PUT,
 * DELETE; POST only if {@link #repeatable()} or under an idempotency key), a second request where a read is late, one breaker
 * and one bulkhead for all views of the same built call. The trace context and the request id go with each call.
 *
 * <p>Immutable and thread-safe; {@link #onBehalfOf}, {@link #header} and {@link #repeatable} are views. All methods throw
 * {@link CallFailedException} and nothing else for a failed call.
 */
public final class ServiceCall implements AutoCloseable {

    private static final String JSON = "application/json";

    private final Transport transport;
    private final Map<String, String> headers;
    private final boolean repeatable;

    private ServiceCall(Transport transport, Map<String, String> headers, boolean repeatable) {
        this.transport = transport;
        this.headers = headers;
        this.repeatable = repeatable;
    }

    /**
     * Starts building.
     *
     * @param service the peer's name, for errors and spans
     * @param base the root that paths are appended to
     */
    public static Builder to(String service, URI base) {
        return new Builder(service, base);
    }

    /** One path segment or query value, percent-encoded. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The same call, made for a user; the caller needs the role {@code platform:on-behalf-of}. */
    public ServiceCall onBehalfOf(OnBehalfOf user) {
        return header(Headers.ON_BEHALF_OF, user.header());
    }

    /** The same call with one more header; a name that is there already is replaced. */
    public ServiceCall header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ServiceCall(transport, Map.copyOf(more), repeatable);
    }

    /** The same call with the consistency asked for. */
    public ServiceCall consistency(Consistency consistency) {
        ServiceCall call = header(Headers.CONSISTENCY, consistency.level().wire());
        Duration staleness = consistency.maxStaleness();
        if (staleness != null) {
            call = call.header(Headers.MAX_STALENESS_MS, Long.toString(staleness.toMillis()));
        }
        String token = consistency.token();
        return token == null ? call : call.header(Headers.CONSISTENCY_TOKEN, token);
    }

    /** The same call, whose POSTs only read and may therefore be repeated. */
    public ServiceCall repeatable() {
        return new ServiceCall(transport, headers, true);
    }

    public <T> T get(String path, Class<T> type) {
        return exchange("GET", path, null, type).body();
    }

    public <T> T post(String path, Object body, Class<T> type) {
        return exchange("POST", path, body, type).body();
    }

    public <T> T put(String path, Object body, Class<T> type) {
        return exchange("PUT", path, body, type).body();
    }

    public void delete(String path) {
        exchange("DELETE", path, null, Void.class);
    }

    /**
     * Any method, with status and headers of the answer. A body of {@code byte[]} is sent as it is; {@code byte[]},
     * {@code String} and {@code Void} answers are not parsed.
     */
    public <T> Answer<T> exchange(String method, String path, @Nullable Object body, Class<T> type) {
        return transport.exchange(request(method, path, body, JSON, JSON), type);
    }

    /** Like {@link #exchange} with a body of another media type. */
    public <T> Answer<T> exchange(String method, String path, byte[] body, String mediaType, Class<T> type) {
        return transport.exchange(request(method, path, body, mediaType, JSON), type);
    }

    /**
     * Starts a POST whose answer is read while it arrives. Not repeated. Reading throws {@link IOException} after the
     * stream's deadline or when the connection breaks; the reader must close it.
     */
    public InputStream postStream(String path, Object body) {
        return transport.stream(request("POST", path, body, JSON, "*/*"));
    }

    /** Starts a GET whose answer is read while it arrives, as {@link #postStream} does; with its status and headers. */
    public Answer<InputStream> getStream(String path) {
        return transport.open(request("GET", path, null, JSON, JSON));
    }

    /** Releases the connections of this call and all its views. */
    @Override
    public void close() {
        transport.close();
    }

    private Transport.Call request(String method, String path, @Nullable Object body, String mediaType, String accept) {
        return new Transport.Call(
                method.toUpperCase(Locale.ROOT),
                path,
                body == null ? null : bytes(body),
                mediaType,
                accept,
                headers,
                effect(method));
    }

    private Transport.Effect effect(String method) {
        boolean post = method.equals("POST");
        if (method.equals("GET") || (post && repeatable)) {
            return Transport.Effect.READS;
        }
        return post && !headers.containsKey(Headers.IDEMPOTENCY_KEY)
                ? Transport.Effect.ONCE
                : Transport.Effect.REPEATABLE;
    }

    private byte[] bytes(Object body) {
        if (body instanceof byte[] raw) {
            return raw;
        }
        try {
            return WireJson.mapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a request to " + transport.service() + " cannot be written", e);
        }
    }

    /** Collects what a call needs. Not thread-safe. */
    public static final class Builder {

        private final String service;
        private final URI base;
        private @Nullable Supplier<String> bearer;
        private CallLimits limits = CallLimits.DEFAULT;

        private Builder(String service, URI base) {
            this.service = service;
            this.base = base;
        }

        /** The token of each call, asked for each time; {@link ClientCredentials} caches. */
        public Builder bearer(Supplier<String> token) {
            this.bearer = token;
            return this;
        }

        public Builder deadline(Duration deadline) {
            this.limits = limits.withDeadline(deadline);
            return this;
        }

        public Builder limits(CallLimits value) {
            this.limits = value;
            return this;
        }

        public ServiceCall build() {
            return new ServiceCall(new Transport(service, base, bearer, limits), Map.of(), false);
        }
    }
}
