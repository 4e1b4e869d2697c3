package io.ashlar.guard.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Speaks AuthZEN: a dataset whose id begins with {@code ok} is allowed, {@code mfa} is so for whom signed in with that,
 * {@code broken} fails, the rest is denied.
 * As a snapshot it publishes a policy that lets everybody query the dataset {@code ok-1}, or, when it denies, none.
 * {@code PUT /be-gone} with milliseconds closes the port for so long. {@code PUT /deny} turns every later answer into a denial
 * under the next revision; {@code GET /asked} counts.
 */
public final class PolicyPeer implements QuarkusTestResourceLifecycleManager {

    private final AtomicInteger asked = new AtomicInteger();

    /** Greater than any that an earlier peer told the topic. */
    private final AtomicInteger revision = new AtomicInteger((int) Instant.now().getEpochSecond());

    private volatile boolean denies;
    private volatile @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        return Map.of("ashlar.filter.peers.authz", "http://127.0.0.1:" + listen(0));
    }

    private int listen(int port) {
        try {
            HttpServer created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            created.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            created.createContext("/", this::answer);
            created.start();
            server = created;
            return created.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody listens for a while; then somebody does again, at the same port. */
    private void beGone(int millis) {
        HttpServer running = Objects.requireNonNull(server);
        int port = running.getAddress().getPort();
        running.stop(0);
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(() -> listen(port));
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
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (exchange.getRequestURI().getPath()) {
                case "/api/v1/snapshot" -> snapshot(exchange);
                case "/asked" -> reply(exchange, 200, Integer.toString(asked.get()));
                case "/deny" -> {
                    denies = true;
                    reply(exchange, 200, Integer.toString(revision.incrementAndGet()));
                }
                case "/allow" -> {
                    denies = false;
                    reply(exchange, 200, Integer.toString(revision.incrementAndGet()));
                }
                case "/be-gone" -> {
                    reply(exchange, 200, "");
                    CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
                            .execute(() -> beGone(Integer.parseInt(body)));
                }
                default -> decide(exchange, body);
            }
        }
    }

    /** Of whichever tenant is asked about; further on than the topic will ever be. */
    private void snapshot(HttpExchange exchange) throws IOException {
        String tenant =
                exchange.getRequestHeaders().getFirst("Ashlar-On-Behalf-Of").split("/", -1)[0];
        String policies = denies
                ? ""
                : "{\"id\":\"ok\",\"cedar\":\"permit(principal, action == Action::\\\"dataset.query\\\","
                        + " resource == Dataset::\\\"ok-1\\\");\"}";
        exchange.getResponseHeaders().set("Ashlar-Change-Offset", "1000000000000");
        reply(exchange, 200, """
                {"format":1,"tenant":"%s","revision":%d,"policy_version":1,"offset":1000000000000,"own_types":["User"],
                 "policies":[%s],"principals":[],"end":{"policies":%d,"principals":0}}""".formatted(tenant, revision.get(), policies, denies ? 0 : 1));
    }

    private void decide(HttpExchange exchange, String body) throws IOException {
        asked.incrementAndGet();
        boolean known = exchange.getRequestHeaders().containsKey("Ashlar-On-Behalf-Of")
                && exchange.getRequestHeaders().containsKey("Authorization")
                && exchange.getRequestHeaders().containsKey("X-Request-ID");
        if (body.contains("\"id\":\"broken") || !known) {
            reply(exchange, 500, "{}");
            return;
        }
        boolean factors = body.contains("\"id\":\"mfa");
        boolean strong = body.contains("\"amr\":[\"mfa\",\"pwd\"]");
        boolean allowed = (body.contains("\"id\":\"ok") || (factors && strong)) && !denies;
        reply(
                exchange,
                200,
                "{\"decision\":" + allowed + ",\"context\":{\"policy_version\":1,\"revision\":" + revision.get()
                        + ",\"reason\":[],\"errors\":[]" + (factors && !strong ? ",\"amr_values\":\"hwk mfa\"" : "")
                        + "}}");
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
