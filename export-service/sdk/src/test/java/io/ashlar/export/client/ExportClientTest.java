package io.ashlar.export.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.ServiceCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against a real HTTP server that answers what the service is specified to answer. */
class ExportClientTest {

    private static final UUID ID = UUID.fromString("0199d2a4-6c6b-7e5f-8a3d-2b1c0d9e8f70");
    private static final String EXPORT = """
            {"id":"%s","state":"succeeded","source":"flights","format":"csv","priority":"standard",
             "as_of":{"kind":"run time"},"rows":3,"bytes":53,"attempts":1,
             "created_at":"2026-11-21T16:00:00.000001Z","later":true}""".formatted(ID);

    private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>(16);
    private HttpServer server;
    private ServiceCall call;
    private ExportClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        call = ServiceCall.to(
                        "export",
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .bearer(() -> "token")
                .build();
        client = new ExportClient(call);
    }

    @AfterEach
    void stop() {
        call.close();
        server.stop(0);
    }

    @Test
    void createSendsWhatIsSetOnly() throws Exception {
        Export export = client.create(
                ExportRequest.csv("flights")
                        .filters(JsonMapper.builder()
                                .build()
                                .readTree("[{\"field\":\"delay\",\"op\":\"gt\",\"value\":60}]"))
                        .webhook("https://example.org/hook"),
                "key-1");
        assertThat(export.id()).isEqualTo(ID);
        assertThat(export.state().isFinal()).isTrue();
        assertThat(asked.take())
                .isEqualTo(
                        "POST /api/v1/exports key-1 {\"source\":\"flights\",\"filters\":[{\"field\":\"delay\",\"op\":\"gt\","
                                + "\"value\":60}],\"format\":\"csv\",\"notify\":{\"webhook\":\"https://example.org/hook\"}}");
    }

    @Test
    void readsAndLinks() throws Exception {
        assertThat(client.get(ID).rows()).isEqualTo(3);
        assertThat(client.list(10, "a b").items()).hasSize(1);
        assertThat(client.cancel(ID).asOf().path("kind").asText()).isEqualTo("run time");
        assertThat(client.download(ID)).isEqualTo(URI.create("https://files.example.org/x?sig=1"));
        assertThat(client.receipt(ID)).isEqualTo("a.b.c");
        assertThat(asked.stream().toList().get(1)).isEqualTo("GET /api/v1/exports?limit=10&cursor=a%20b null ");
    }

    @Test
    void aProblemIsThrown() {
        assertThatThrownBy(() -> client.get(new UUID(0, 0)))
                .isInstanceOfSatisfying(CallFailedException.class, failed -> assertThat(failed.status())
                        .isEqualTo(404));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        asked.add(exchange.getRequestMethod() + " " + path + " "
                + exchange.getRequestHeaders().getFirst("Idempotency-Key") + " " + body);
        if (path.endsWith("/download")) {
            exchange.getResponseHeaders().add("Location", "https://files.example.org/x?sig=1");
            exchange.sendResponseHeaders(302, -1);
        } else if (path.contains("limit=")) {
            send(exchange, 200, "{\"items\":[" + EXPORT + "]}");
        } else if (path.endsWith("/receipt")) {
            send(exchange, 200, "a.b.c");
        } else if (path.contains(new UUID(0, 0).toString())) {
            send(exchange, 404, "{\"status\":404,\"code\":\"not_found\",\"detail\":\"no\"}");
        } else {
            send(exchange, 202, EXPORT);
        }
        exchange.close();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
