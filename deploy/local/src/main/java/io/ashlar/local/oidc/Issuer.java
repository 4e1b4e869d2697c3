package io.ashlar.local.oidc;

import com.sun.net.httpserver.HttpServer;
import io.ashlar.local.oidc.AuthorizationCodes.Grant;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jose4j.lang.JoseException;

/** The issuer's program: {@code Issuer DIRECTORY}, with {@code settings.json} and {@code users.json} in it. */
public final class Issuer {

    static final String SETTINGS = "settings.json";
    static final String USERS = "users.json";

    private static final int THREADS = 8;
    private static final int WAITING_REQUESTS = 256;
    private static final Duration CODE_LIFETIME = Duration.ofSeconds(60);

    private Issuer() {}

    public static void main(String[] args) throws IOException, JoseException {
        Path directory = Path.of(args[0]);
        IssuerSettings settings =
                Http.JSON.readValue(directory.resolve(SETTINGS).toFile(), IssuerSettings.class);
        HttpServer server = start(
                settings, Accounts.load(directory.resolve(USERS)), Mint.load(settings, directory.resolve("key.json")));
        Http.log("listening issuer=" + settings.issuer() + " port="
                + server.getAddress().getPort());
    }

    /** Serves until stopped; port 0 takes a free one, which the settings' issuer cannot know. */
    static HttpServer start(IssuerSettings settings, Accounts accounts, Mint mint) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(settings.listenAddress(), settings.port()), 64);
        // Full means the accepting thread works itself: slow, never without bound.
        server.setExecutor(new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING_REQUESTS),
                new ThreadPoolExecutor.CallerRunsPolicy()));
        AuthorizationCodes<Grant> codes = new AuthorizationCodes<>(CODE_LIFETIME, InstantSource.system());
        server.createContext("/.well-known/openid-configuration", Http.guarded(exchange -> {
            Http.require(exchange, "GET");
            Http.json(exchange, 200, discovery(settings));
        }));
        server.createContext("/jwks", Http.guarded(exchange -> {
            Http.require(exchange, "GET");
            Http.send(exchange, 200, "application/json", mint.keySet().getBytes(StandardCharsets.UTF_8));
        }));
        server.createContext("/token", Http.guarded(new TokenEndpoint(settings, accounts, codes, mint)));
        server.createContext("/authorize", Http.guarded(new SignIn(settings, accounts, codes)));
        server.createContext("/trial/", Http.guarded(new TrialEndpoint(settings, accounts, mint)));
        server.createContext("/", Http.guarded(exchange -> {
            throw new Http.Refused(404, "invalid_request", "no such endpoint");
        }));
        server.start();
        return server;
    }

    /** OpenID Connect Discovery 1.0 §3. */
    private static Map<String, Object> discovery(IssuerSettings settings) {
        return Map.ofEntries(
                Map.entry("issuer", settings.issuer()),
                Map.entry("jwks_uri", settings.url("/jwks")),
                Map.entry("token_endpoint", settings.url("/token")),
                Map.entry("authorization_endpoint", settings.url("/authorize")),
                Map.entry("response_types_supported", List.of("code")),
                Map.entry("response_modes_supported", List.of("query")),
                Map.entry(
                        "grant_types_supported",
                        List.of(Client.AUTHORIZATION_CODE, Client.CLIENT_CREDENTIALS, Client.PASSWORD)),
                Map.entry("subject_types_supported", List.of("public")),
                Map.entry("scopes_supported", List.of("openid")),
                Map.entry("id_token_signing_alg_values_supported", List.of("RS256")),
                Map.entry("code_challenge_methods_supported", List.of("S256")),
                Map.entry("authorization_response_iss_parameter_supported", true),
                Map.entry(
                        "token_endpoint_auth_methods_supported",
                        List.of("client_secret_basic", "client_secret_post", "none")),
                Map.entry("claims_supported", List.of("sub", "tenant_id", "roles", "amr", "preferred_username")));
    }
}
