package io.ashlar.local.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.ashlar.local.process.Directories;
import io.ashlar.local.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The issuer in this JVM, asked over HTTP, with one user, one service and two public clients. */
final class RunningIssuer implements BeforeAllCallback, AfterAllCallback {

    static final String TENANT = "11111111-1111-4111-8111-111111111111";

    private HttpServer server;
    private Path directory;
    private String url = "";
    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        directory = Files.createTempDirectory("issuer");
        int port = Ports.free("127.0.0.1");
        url = "http://127.0.0.1:" + port;
        IssuerSettings settings = new IssuerSettings(
                url,
                "127.0.0.1",
                port,
                "ashlar",
                300,
                "trial-secret",
                List.of(
                        Client.service("ashlar-filter", "s3cret:&%", List.of("platform:service")),
                        Client.commandLine("ashlar-cli"),
                        Client.web("ashlar-web", Set.of("/callback"))));
        Path users = directory.resolve("users.json");
        Accounts.write(users, List.of(new Account("ana", "ana-trial", "sub-1", TENANT, List.of(), List.of("pwd"))));
        Mint mint = Mint.load(settings, directory.resolve("key.json"));
        server = Issuer.start(settings, Accounts.load(users), mint);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        http.close();
        server.stop(0);
        Directories.delete(directory);
    }

    String url() {
        return url;
    }

    JwtClaims claims(JsonNode answer, String audience) throws Exception {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setExpectedIssuer(url)
                .setExpectedAudience(audience)
                .setRequireExpirationTime()
                .setRequireSubject()
                .setVerificationKeyResolver(keys())
                .build();
        return consumer.processToClaims(answer.path("access_token").asText());
    }

    JwksVerificationKeyResolver keys() throws Exception {
        assertThat(new HttpsJwks(url + "/jwks").getLocation()).endsWith("/jwks");
        return new JwksVerificationKeyResolver(new JsonWebKeySet(get("/jwks").body()).getJsonWebKeys());
    }

    JsonNode token(Map<String, String> form) throws Exception {
        HttpResponse<String> answer = post("/token", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return json(answer);
    }

    JsonNode json(HttpResponse<String> answer) throws IOException {
        return Http.JSON.readTree(answer.body());
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, Map<String, String> form, String... headers) throws Exception {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/x-www-form-urlencoded";
        return send("POST", path, encode(form), all);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .headers(headers)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    String encode(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
