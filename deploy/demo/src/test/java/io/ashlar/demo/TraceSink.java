package io.ashlar.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** An OpenTelemetry collector of the least kind: takes spans by OTLP over HTTP and remembers who took part in a trace. */
final class TraceSink implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Set<String>> spansByTrace = new ConcurrentHashMap<>();

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private TraceSink(HttpServer server) {
        this.server = server;
        server.createContext("/v1/traces", this::take);
        server.createContext("/v1/", TraceSink::ignore);
        server.start();
    }

    static TraceSink start() {
        try {
            return new TraceSink(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@code service: span name} of every span of a trace seen so far. */
    Set<String> spans(String traceId) {
        Throwable broken = failure.get();
        if (broken != null) {
            throw new IllegalStateException("the sink could not read what it was sent", broken);
        }
        return new TreeSet<>(spansByTrace.getOrDefault(traceId, Set.of()));
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(this::remember);
        } catch (IOException | RuntimeException | LinkageError e) {
            failure.compareAndSet(null, e);
            throw e;
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void remember(ResourceSpans spans) {
        String service = spans.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .findFirst()
                .orElse("?");
        for (ScopeSpans scope : spans.getScopeSpansList()) {
            for (Span span : scope.getSpansList()) {
                String trace = HexFormat.of().formatHex(span.getTraceId().toByteArray());
                spansByTrace
                        .computeIfAbsent(trace, id -> new ConcurrentSkipListSet<>())
                        .add(service + ": " + span.getName());
            }
        }
    }

    private static void ignore(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
