package io.ashlar.filter.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.call.Headers;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.filter.seal.SealedQuery.Operation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against the wire as the contract writes it. */
final class FilterClientTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final UUID TENANT = UUID.fromString("11111111-1111-4111-8111-111111111111");

    private final AtomicReference<Asked> asked = new AtomicReference<>();
    private int status = 200;
    private String answer = "";
    private HttpServer server;
    private ServiceCall call;
    private FilterClient client;

    private record Asked(String line, Map<String, List<String>> headers, JsonNode body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        call = ServiceCall.to(
                        "filter",
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .bearer(() -> "token")
                .build();
        client = new FilterClient(call);
    }

    @AfterEach
    void stop() {
        call.close();
        server.stop(0);
    }

    @Test
    void aPageIsReadAsTheContractWritesIt() throws IOException {
        answer = """
                {"rows":[{"id":"flight:1","delay":61,"distance":null}],"next_cursor":"v1.k.c","masked":["distance"],
                 "source":"replica-1","lag_ms":3,"consistency":"session","reason":"replica","token":"v1.t","new_in_v2":1}
                """;
        QueryAnswer page = client.query(
                "flights",
                JSON.readTree("{\"filters\":[]}"),
                new Consistency(Consistency.Level.SESSION, Duration.ofMillis(200), "v1.e30"));
        assertEquals("v1.k.c", page.nextCursor());
        assertEquals(List.of("distance"), page.masked());
        assertEquals(61, page.rows().getFirst().path("delay").intValue());
        assertEquals("replica-1", page.source());
        assertEquals(3, page.lagMs());
        assertEquals("POST /api/v1/datasets/flights/query", asked.get().line());
        assertEquals("session", header(Headers.CONSISTENCY));
        assertEquals("200", header(Headers.MAX_STALENESS_MS));
        assertEquals("v1.e30", header(Headers.CONSISTENCY_TOKEN));
        assertEquals("Bearer token", header("Authorization"));
    }

    @Test
    void aVerdictIsReadNodeByNode() throws IOException {
        answer = """
                {"returned":false,"kept_out_by":["/query/filters/0"],
                 "filter":{"pointer":"/query/filters","node":"and","passes":false,"nodes":[
                   {"pointer":"/query/filters/0","node":"condition","passes":false,"field":"delay","actual":null}]},
                 "source":"replica-1","lag_ms":3,"consistency":"eventual","reason":"replica","token":"v1.t"}
                """;
        WhyAnswer why = client.why(
                "flights", JSON.readTree("{\"id\":\"flight:1\"}"), JSON.readTree("{}"), Consistency.EVENTUAL);
        assertEquals(List.of("/query/filters/0"), why.keptOutBy());
        WhyAnswer.WhyNode inner =
                java.util.Objects.requireNonNull(why.filter().nodes()).getFirst();
        assertEquals("delay", inner.field());
        assertEquals(com.fasterxml.jackson.databind.node.NullNode.getInstance(), inner.actual());
        assertNull(inner.meant());
        assertEquals("POST /api/v1/datasets/flights/why", asked.get().line());
        assertEquals("flight:1", asked.get().body().at("/key/id").textValue());
    }

    @Test
    void theLastPageHasNoCursor() throws IOException {
        answer = """
                {"rows":[],"masked":[],"source":"none","lag_ms":0,"consistency":"eventual","reason":"plan_none"}
                """;
        QueryAnswer page = client.query("flights", JSON.readTree("{}"), Consistency.EVENTUAL);
        assertNull(page.nextCursor());
        assertNull(page.token());
    }

    @Test
    void resolvingGoesOutForTheUser() throws IOException {
        answer = """
                {"sealed":"a.b.c","expires_at":"2026-11-21T12:01:00Z","query_hash":"sha256:00","dataset_version":3,
                 "policy_version":7,"fields":[{"name":"id","type":"string"}],"masked":["distance"]}
                """;
        Resolved resolved = client.onBehalfOf(new OnBehalfOf(TENANT, "ana"))
                .resolve("a/b", JSON.readTree("{\"fields\":[\"id\"]}"), Operation.STREAM);
        assertEquals("a.b.c", resolved.sealed());
        assertEquals(Instant.parse("2026-11-21T12:01:00Z"), resolved.expiresAt());
        assertEquals(List.of(new Resolved.ResolvedField("id", "string")), resolved.fields());
        assertEquals(3, resolved.datasetVersion());
        assertEquals("POST /api/v1/datasets/a%2Fb/resolve", asked.get().line());
        assertEquals(TENANT + "/ana", header(Headers.ON_BEHALF_OF));
        assertEquals("stream", asked.get().body().path("op").textValue());
        assertEquals("id", asked.get().body().at("/query/fields/0").textValue());
    }

    @Test
    void aProblemComesAsTheServiceSaidIt() throws IOException {
        status = 404;
        answer = "{\"type\":\"urn:ashlar:problem:unknown_dataset\",\"title\":\"t\",\"status\":404,"
                + "\"code\":\"unknown_dataset\",\"detail\":\"d\"}";
        JsonNode query = JSON.readTree("{}");
        CallFailedException failed =
                assertThrows(CallFailedException.class, () -> client.query("nope", query, Consistency.EVENTUAL));
        assertNotNull(failed.problem());
        assertEquals("unknown_dataset", failed.problem().code());
        assertEquals(404, failed.status());
    }

    @Test
    void aDeclarationIsPut() throws IOException {
        answer = "{\"name\":\"flights\",\"version\":1}";
        assertEquals(
                1,
                client.declare("flights", JSON.readTree("{}")).path("version").intValue());
        assertEquals("PUT /api/v1/datasets/flights", asked.get().line());
        assertEquals("flights", client.dataset("flights").path("name").textValue());
        assertEquals("GET /api/v1/datasets/flights", asked.get().line());
    }

    private String header(String name) {
        return asked.get().headers().get(name).getFirst();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.set(new Asked(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath(),
                exchange.getRequestHeaders(),
                JSON.readTree(body)));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add("Content-Type", status < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
