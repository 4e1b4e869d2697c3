package io.ashlar.ingest.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Speaks AuthZEN: writing and declaring is for everybody but Ana (she reads), the rest is for all. */
public final class PolicyPeer implements QuarkusTestResourceLifecycleManager {

    /** Ana's {@code sub}. */
    private static final String READER = "00000000-0000-4000-8000-000000000001";

    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        return Map.of(
                "ashlar.ingest.peers.authz",
                url(),
                "ashlar.ingest.receipt.keys",
                IngestStack.RECEIPT_KEYS,
                "ashlar.ingest.cursor.keys",
                IngestStack.RECEIPT_KEYS,
                "ashlar.ingest.loader.reclaim-after",
                "1s",
                "ashlar.guard.authz.deadline",
                "30s",
                "ashlar.guard.rate-limit.enabled",
                "false");
    }

    /** Starts the peer; its base URL. */
    public String url() {
        try {
            HttpServer created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            created.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            created.createContext("/", PolicyPeer::decide);
            created.start();
            server = created;
            return "http://127.0.0.1:" + created.getAddress().getPort();
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

    private static void decide(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean writes = body.contains("telemetry.write") || body.contains("attribute.declare");
            boolean allowed = !(writes && body.contains(READER));
            byte[] answer = ("{\"decision\":" + allowed
                            + ",\"context\":{\"policy_version\":1,\"revision\":1,\"reason\":[],\"errors\":[]}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
