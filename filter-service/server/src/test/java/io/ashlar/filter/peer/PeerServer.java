package io.ashlar.filter.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ashlar.filter.seal.Opened;
import io.ashlar.filter.seal.SealKeys;
import io.ashlar.filter.seal.SealReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Executors;

/**
 * Authz and the router as their contracts write them, over HTTP: authz answers what a test told it to, the router opens
 * seals with the real reader and runs them with the real compiler on a real database. A test steers it over HTTP too,
 * since it lives in another class loader: {@code PUT /control} replaces the script, {@code GET /control} says what was asked.
 */
final class PeerServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final PeerRouter router;
    private final SealReader seals;
    private ObjectNode script = JSON.createObjectNode();
    private final ArrayNode asked = JSON.createArrayNode();

    PeerServer(PeerRouter router, String sealKeys) throws IOException {
        this.router = router;
        this.seals = new SealReader(SealKeys.parse(sealKeys), Clock.systemUTC());
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        try {
            Answer answer = answer(exchange, path, body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body));
            send(exchange, answer);
        } catch (RuntimeException | java.sql.SQLException failed) {
            send(exchange, problem(500, "internal_error", String.valueOf(failed)));
        }
    }

    private synchronized Answer answer(HttpExchange exchange, String path, JsonNode body) throws java.sql.SQLException {
        switch (path) {
            case "/control" -> {
                if (exchange.getRequestMethod().equals("PUT")) {
                    script = (ObjectNode) body;
                    asked.removeAll();
                }
                return new Answer(200, asked.deepCopy(), -1);
            }
            case "/authz/access/v1/evaluation" -> {
                note(exchange, path, body);
                boolean denied = false;
                for (JsonNode action : script.path("deny")) {
                    denied |= action.textValue().equals(body.at("/action/name").textValue());
                }
                ObjectNode answer = JSON.createObjectNode().put("decision", !denied);
                answer.putObject("context").put("policy_version", 7).put("revision", 12);
                return new Answer(200, answer, -1);
            }
            case "/authz/api/v1/policy-drafts/late/plan" -> {
                note(exchange, path, body);
                JsonNode plans = script.path("draft");
                return plans.has("problem")
                        ? problem(
                                plans.path("problem").intValue(),
                                plans.path("code").textValue(),
                                "scripted")
                        : new Answer(200, plans, -1);
            }
            case "/authz/api/v1/plan" -> {
                note(exchange, path, body);
                JsonNode plan = script.path("plan");
                if (plan.has("problem")) {
                    return problem(
                            plan.path("problem").intValue(), plan.path("code").textValue(), "scripted");
                }
                return new Answer(200, plan.isMissingNode() ? all() : plan, -1);
            }
            case "/router/api/v1/page",
                    "/router/api/v1/aggregate",
                    "/router/api/v1/count",
                    "/router/api/v1/explain",
                    "/router/api/v1/describe" -> {
                ObjectNode noted = note(exchange, path, body);
                boolean scripted = script.path("router").has("only")
                        ? path.endsWith(script.path("router").path("only").textValue())
                        : script.has("router");
                if (scripted) {
                    JsonNode failing = script.path("router");
                    return new Answer(
                            failing.path("status").intValue(),
                            problem(
                                            failing.path("status").intValue(),
                                            failing.path("code").textValue(),
                                            "scripted")
                                    .body(),
                            failing.path("retry_after").intValue());
                }
                return switch (seals.open(body.path("sealed").textValue())) {
                    case Opened.Refused(Opened.Reason reason) -> problem(400, reason.code(), reason.detail());
                    case Opened.Ok ok -> {
                        noted.put("op", ok.query().op().wire());
                        ok.query().masked().forEach(noted.putArray("masked")::add);
                        ok.query().fields().forEach(noted.putArray("fields")::add);
                        yield router.run(ok.query());
                    }
                };
            }
            default -> {
                return problem(404, "not_found", path);
            }
        }
    }

    private ObjectNode note(HttpExchange exchange, String path, JsonNode body) {
        ObjectNode noted = asked.addObject().put("path", path);
        ObjectNode headers = noted.putObject("headers");
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.startsWith("Ashlar-") || name.equals("X-request-id") || name.equals("Traceparent")) {
                headers.put(name, values.getFirst());
            }
        });
        noted.set("body", body);
        return noted;
    }

    /** What a router or an authz answers. */
    record Answer(int status, JsonNode body, long retryAfterSeconds) {}

    static Answer problem(int status, String code, String detail) {
        return new Answer(
                status,
                JSON.createObjectNode()
                        .put("type", "urn:ashlar:problem:" + code)
                        .put("title", "t")
                        .put("status", status)
                        .put("code", code)
                        .put("detail", detail),
                -1);
    }

    private static ObjectNode all() {
        ObjectNode plan = JSON.createObjectNode().put("decision", "ALL");
        plan.putArray("masked");
        return plan.put("policy_version", 7).put("revision", 12);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body().toString().getBytes(StandardCharsets.UTF_8);
        if (answer.retryAfterSeconds() >= 0 && answer.status() >= 400) {
            exchange.getResponseHeaders().add("Retry-After", Long.toString(answer.retryAfterSeconds()));
        }
        exchange.getResponseHeaders()
                .add("Content-Type", answer.status() < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
