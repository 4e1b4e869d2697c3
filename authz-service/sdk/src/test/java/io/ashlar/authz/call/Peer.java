package io.ashlar.authz.call;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server on a free port that does what a test tells it to, and remembers what it was asked. */
public final class Peer implements AutoCloseable {

    /** What to do with a request. */
    @FunctionalInterface
    public interface Script {
        void answer(HttpExchange exchange, int call) throws IOException;
    }

    /** What to answer to what was asked. */
    @FunctionalInterface
    public interface Answers {
        Reply answer(Asked asked);
    }

    /** An answer without headers of its own. */
    public record Reply(int status, String body) {}

    /** What was asked. */
    public record Asked(String method, String path, Headers headers, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** One whose answers depend on nothing but what is asked. */
    public static Peer answering(Answers answers) throws IOException {
        return new Peer((exchange, asked, n) -> {
            Reply reply = answers.answer(asked);
            reply(exchange, reply.status(), reply.body());
        });
    }

    public Peer(Script script) throws IOException {
        this((exchange, asked, n) -> script.answer(exchange, n));
    }

    private interface Full {
        void answer(HttpExchange exchange, Asked asked, int call) throws IOException;
    }

    private Peer(Full script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                Asked now = new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getRawPath(),
                        exchange.getRequestHeaders(),
                        body);
                asked.add(now);
                script.answer(exchange, now, asked.size());
            }
        });
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Asked> asked() {
        return asked;
    }

    public static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
