package io.ashlar.demo;

import static io.ashlar.demo.DemoFailure.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.ashlar.local.Services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/** The platform as its users see it: HTTP and JSON. Thread-safe. */
final class Api implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Function<Service, URI> urls;

    Api(Function<Service, URI> urls) {
        this.urls = urls;
    }

    /**
     * An answer.
     *
     * @param status HTTP status
     * @param body JSON, or a missing node where the body was none
     * @param text the body as it came
     * @param headers by name as sent
     */
    record Answer(int status, JsonNode body, String text, HttpHeaders headers) {

        /**
         * This answer, if its status is among those.
         *
         * @throws DemoFailure otherwise, with the body
         */
        Answer expect(Integer... allowed) {
            if (!Arrays.asList(allowed).contains(status)) {
                throw new DemoFailure("expected " + Arrays.toString(allowed) + " but got " + status + ": " + text);
            }
            return this;
        }

        String string(String field) {
            JsonNode value = body.path(field);
            if (value.isMissingNode() || value.isNull()) {
                throw new DemoFailure("the answer has no " + field + ": " + text);
            }
            return value.asText();
        }
    }

    Answer get(Service service, String path, String token, Map<String, String> headers) {
        return send(request(service, path, token, headers).GET());
    }

    Answer put(Service service, String path, String token, String json) {
        return send(request(service, path, token, Map.of("Content-Type", "application/json"))
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Changes what nobody changed since {@code etag} was read. */
    Answer putIfMatch(Service service, String path, String token, String json, String etag) {
        return send(request(service, path, token, Map.of("Content-Type", "application/json", "If-Match", etag))
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer post(Service service, String path, String token, String json, Map<String, String> headers) {
        return send(request(service, path, token, headers)
                .setHeader("Content-Type", headers.getOrDefault("Content-Type", "application/json"))
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Fetches a signed link, without a token: the signature is the permission. */
    byte[] download(URI link) {
        HttpResponse<byte[]> response = exchange(
                HttpRequest.newBuilder(link).timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new DemoFailure("the signed link answered " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response.body();
    }

    /** A page that needs no token. */
    String page(URI address) {
        HttpResponse<String> response = exchange(
                HttpRequest.newBuilder(address).timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofString());
        unless(response.statusCode() == 200, address + " answered " + response.statusCode());
        return response.body();
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + json, e);
        }
    }

    private HttpRequest.Builder request(Service service, String path, String token, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(urls.apply(service) + path))
                .timeout(DEADLINE)
                .header("Authorization", "Bearer " + token);
        headers.forEach(request::setHeader);
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request.build(), HttpResponse.BodyHandlers.ofString());
        String type = response.headers().firstValue("Content-Type").orElse("");
        JsonNode body = type.contains("json") && !response.body().isBlank()
                ? parse(response.body())
                : MissingNode.getInstance();
        return new Answer(response.statusCode(), body, response.body(), response.headers());
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new DemoFailure(request.method() + " " + request.uri() + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
