package io.ashlar.export.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import org.jspecify.annotations.Nullable;

/**
 * A real HTTP server that speaks what authz, filter and router are specified to speak to this service. The data set's name
 * says what happens: see {@link StreamPeer}. {@code GET /calls} lists the last calls: method, path, trace, consistency.
 */
public final class HousePeers implements QuarkusTestResourceLifecycleManager {

    private static final int CALLS_MAX = 2_000;

    private final LinkedBlockingDeque<String> calls = new LinkedBlockingDeque<>(CALLS_MAX);
    private final Map<String, Integer> resolved = new ConcurrentHashMap<>();
    private final StreamPeer streams = new StreamPeer();
    private volatile String denied = "";
    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            HttpServer created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            created.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            created.createContext("/", this::answer);
            created.start();
            server = created;
            return TestConfig.of("http://127.0.0.1:" + created.getAddress().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        HttpServer running = server;
        if (running != null) {
            running.stop(0);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (path.equals("/calls")) {
                reply(exchange, 200, String.join("\n", calls));
            } else if (path.equals("/deny")) {
                denied = body;
                reply(exchange, 200, "");
            } else {
                note(exchange, path);
                serve(exchange, path, body);
            }
        }
    }

    private void note(HttpExchange exchange, String path) {
        if (calls.remainingCapacity() == 0) {
            calls.poll();
        }
        calls.add("%s %s trace=%s consistency=%s token=%s pool=%s behalf=%s bearer=%s"
                .formatted(
                        exchange.getRequestMethod(),
                        path,
                        exchange.getRequestHeaders().getFirst("traceparent"),
                        exchange.getRequestHeaders().getFirst("Ashlar-Consistency"),
                        exchange.getRequestHeaders().getFirst("Ashlar-Consistency-Token"),
                        exchange.getRequestHeaders().getFirst("Ashlar-Pool"),
                        exchange.getRequestHeaders().getFirst("Ashlar-On-Behalf-Of"),
                        exchange.getRequestHeaders().containsKey("Authorization")));
    }

    private void serve(HttpExchange exchange, String path, String body) throws IOException {
        if (path.equals("/access/v1/evaluation")) {
            boolean allowed = denied.isEmpty() || !body.contains("\"" + denied + "\"");
            reply(exchange, 200, """
                    {"decision":%s,"context":{"policy_version":1,"revision":1,"reason":[],"errors":[]}}""".formatted(allowed));
        } else if (path.endsWith("/resolve")) {
            resolve(exchange, path.split("/", -1)[4]);
        } else if (path.endsWith("/explain")) {
            explain(exchange, path.split("/", -1)[4]);
        } else if (path.equals("/api/v1/stream")) {
            streams.answer(exchange, body);
        } else {
            // The telemetry sink, too.
            reply(exchange, 200, "");
        }
    }

    private void resolve(HttpExchange exchange, String dataset) throws IOException {
        int times = resolved.merge(dataset, 1, Integer::sum);
        String kind = dataset.split("-", 2)[0];
        switch (kind) {
            case "nothing" -> problem(exchange, 404, "unknown_dataset", "[]");
            case "badfilter" -> problem(exchange, 400, "invalid_filter", """
                        [{"code":"unknown_field","pointer":"/query/filters/0/field","detail":"no such field",\
                        "did_you_mean":"delay"}]""");
            case "hidden" -> problem(exchange, 403, "forbidden", "[]");
            case "down" -> problem(exchange, 503, "unavailable", "[]");
            default -> {
                if (kind.equals("withdrawn") && times > 1) {
                    problem(exchange, 403, "forbidden", "[]");
                    return;
                }
                reply(exchange, 200, """
                        {"sealed":"%s","expires_at":"2100-01-01T00:00:00Z","query_hash":"sha256:%s","dataset_version":4,
                         "policy_version":7,"fields":[{"name":"origin","type":"string"},{"name":"delay","type":"int64"}],
                         "masked":["distance"]}""".formatted(dataset, "0".repeat(64)));
            }
        }
    }

    private static void explain(HttpExchange exchange, String dataset) throws IOException {
        if (!dataset.startsWith("dear")) {
            problem(exchange, 503, "unavailable", "[]");
            return;
        }
        reply(exchange, 200, """
                {"dataset_version":4,"sql":{},"plan":{"decision":"ALL","masked":[],"policy_version":7,"plan_hash":"sha256:0"},
                 "advice":[
                  {"pointer":"/filters/0","field":"origin","verdict":"indexed","index":"i","detail":"Served."},
                  {"pointer":"/filters/1","field":"delay","verdict":"no_index","detail":"No index has it.","help":"Declare one."}],
                 "source":"primary","lag_ms":0,"consistency":"eventual","reason":"trial"}""");
    }

    private static void problem(HttpExchange exchange, int status, String code, String errors) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
        reply(exchange, status, """
                {"type":"urn:ashlar:problem:%s","title":"t","status":%d,"code":"%s","detail":"said by the peer","errors":%s}""".formatted(code, status, code, errors)
                .strip()
                .toLowerCase(Locale.ROOT));
    }

    static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
