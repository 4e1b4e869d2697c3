package io.ashlar.ingest.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ashlar.ingest.app.IngestStack;
import io.ashlar.ingest.app.PolicyPeer;
import io.ashlar.local.Services;
import io.ashlar.local.Services.Instance;
import io.ashlar.local.Services.Service;
import io.ashlar.local.Stack;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackOptions;
import io.ashlar.local.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A stack of its own, and two instances of the built service on it, which can be killed. */
final class TwoInstances implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    final Stack stack = Stack.start(StackOptions.tests(Server.DATA_PRIMARY, Server.KAFKA, Server.REDIS, Server.OIDC));
    final Services services;
    final Instance first;
    final Instance second;
    private final PolicyPeer peer = new PolicyPeer();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String token;

    TwoInstances() {
        services = Services.on(stack, Services.Options.tests(Path.of(System.getProperty("ashlar.root", "../.."))));
        Map<String, String> extra = Map.of(
                "ashlar.ingest.peers.authz", peer.url(),
                "ashlar.ingest.receipt.keys", IngestStack.RECEIPT_KEYS,
                "ashlar.ingest.cursor.keys", IngestStack.RECEIPT_KEYS,
                "ashlar.ingest.accept.lease", "6s",
                "ashlar.ingest.accept.produce-timeout", "5s",
                "ashlar.ingest.loader.reclaim-after", "2s",
                "ashlar.guard.authz.deadline", "30s",
                "ashlar.guard.rate-limit.enabled", "false");
        first = services.start(Service.INGEST, extra);
        second = services.start(Service.INGEST, extra);
        token = Tokens.of(stack.endpoints()).user("ed");
    }

    void declare(Instance at, String name, String kind) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request(at.url(), "/api/v1/attributes/" + name)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"kind\":\"" + kind + "\",\"hot\":true}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.body());
        }
    }

    HttpResponse<String> send(Instance at, String key, String body) throws IOException, InterruptedException {
        return http.send(
                request(at.url(), "/api/v1/telemetry")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    JsonNode reconciliation(Instance at) throws IOException, InterruptedException {
        return JSON.readTree(http.send(
                        request(at.url(), "/api/v1/reconciliation").GET().build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private HttpRequest.Builder request(URI base, String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        services.close();
        peer.stop();
        stack.close();
    }
}
