package io.ashlar.authz.trace;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An OpenTelemetry collector of the least kind: takes spans by OTLP over HTTP. {@code GET /spans/TRACE} answers a line
 * {@code service kind parent} per span of a trace; asked over HTTP, because tests live in another class loader.
 */
public final class TraceSink implements QuarkusTestResourceLifecycleManager {

    private final Map<String, Queue<String>> lines = new ConcurrentHashMap<>();
    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
            started.createContext("/v1/traces", this::take);
            started.createContext("/spans/", this::tell);
            started.start();
            server = started;
            return Map.of(
                    "quarkus.otel.sdk.disabled", "false",
                    "quarkus.otel.exporter.otlp.protocol", "http/protobuf",
                    "quarkus.otel.exporter.otlp.endpoint",
                            "http://127.0.0.1:" + started.getAddress().getPort(),
                    "quarkus.otel.bsp.schedule.delay", "100ms");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(this::remember);
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void remember(ResourceSpans resource) {
        String service = resource.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .findFirst()
                .orElse("?");
        resource.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .forEach(span -> lines.computeIfAbsent(hex(span.getTraceId()), id -> new ConcurrentLinkedQueue<>())
                        .add(line(service, span)));
    }

    private static String line(String service, Span span) {
        return service + ' ' + span.getKind() + ' ' + hex(span.getParentSpanId());
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private void tell(HttpExchange exchange) throws IOException {
        String trace = exchange.getRequestURI().getPath().substring("/spans/".length());
        byte[] body = String.join("\n", lines.getOrDefault(trace, new ConcurrentLinkedQueue<>()))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
