package io.ashlar.export.delivery;

import static io.ashlar.export.app.Client.as;
import static io.ashlar.export.app.Client.dataset;
import static io.ashlar.export.app.Client.ended;
import static io.ashlar.export.app.Client.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ashlar.export.app.ExportStack;
import io.ashlar.export.app.QueueDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks to a real receiver, verified by the standard's own library. */
@QuarkusTest
@ExportStack
class DeliveryIT {

    private record Received(String path, HttpHeaders headers, String body) {}

    private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>(100);
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile int status = 204;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isSignedRepeatedAndVerified() throws Exception {
        refusals.set(2);
        String id = ask("/hook?a=1");
        assertThat(ended("ana", id)).isEqualTo("succeeded");
        String secret = as("ana").get("/api/v1/webhooks/secret").path("secret");
        Received first = received.poll(30, TimeUnit.SECONDS);
        Received second = received.poll(30, TimeUnit.SECONDS);
        Received third = received.poll(30, TimeUnit.SECONDS);
        for (Received call : List.of(first, second, third)) {
            new Webhook(secret).verify(call.body(), call.headers());
            assertThat(call.headers().firstValue("webhook-id"))
                    .isEqualTo(first.headers().firstValue("webhook-id"));
        }
        assertThat(third.body()).contains("\"export.succeeded\"", id, "\"rows\":3");
        await().atMost(Duration.ofSeconds(30)).until(() -> delivery(id).equals("succeeded 3"));
    }

    @Test
    void aRedirectIsNotFollowed() throws SQLException {
        status = 302;
        String id = ask("/redirect");
        assertThat(ended("ana", id)).isEqualTo("succeeded");
        await().atMost(Duration.ofSeconds(40)).until(() -> delivery(id).startsWith("dead"));
        assertThat(received).isNotEmpty().allSatisfy(call -> assertThat(call.path())
                .isEqualTo("/redirect"));
    }

    @Test
    void aReceiverThatIsGoneIsLeftAlone() throws SQLException {
        status = 410;
        String id = ask("/gone");
        assertThat(ended("ana", id)).isEqualTo("succeeded");
        await().atMost(Duration.ofSeconds(30)).until(() -> delivery(id).equals("failed 1"));
    }

    @Test
    void anAddressThatTurnedInsideIsNotCalled() throws SQLException {
        String id = ask("/hook");
        assertThat(ended("ana", id)).isEqualTo("succeeded");
        await().atMost(Duration.ofSeconds(30)).until(() -> delivery(id).equals("succeeded 1"));
        String sql = """
                INSERT INTO export.jobs (id, tenant_id, subject, kind, lane, priority, spec, as_of, max_attempts)
                SELECT uuidv7(), tenant_id, subject, kind, lane, priority,
                       jsonb_set(spec, '{url}', '"http://127.0.0.2/"') || '{"planted": true}', as_of, 3
                FROM export.jobs WHERE kind = 'delivery' AND spec #>> '{body,data,export_id}' = ?
                """;
        try (Connection connection = QueueDatabase.house().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> delivery(id).equals("succeeded 1,failed 1"));
    }

    private String ask(String path) {
        return post("ana", """
                {"source":"%s","format":"csv","notify":{"webhook":"http://127.0.0.1:%d%s"}}""".formatted(dataset("flights"), server.getAddress().getPort(), path))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static String delivery(String export) throws SQLException {
        String sql = """
                SELECT coalesce(string_agg(state || ' ' || attempts, ',' ORDER BY created_at), '') FROM export.jobs
                WHERE kind = 'delivery' AND spec #>> '{body,data,export_id}' = ?
                """;
        try (Connection connection = QueueDatabase.house().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, export);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            received.add(new Received(
                    exchange.getRequestURI().toString(),
                    HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true),
                    body));
            if (status == 302) {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                "http://127.0.0.1:" + server.getAddress().getPort() + "/inside");
            }
            exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 500 : status, -1);
        }
    }
}
