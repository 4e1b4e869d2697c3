package io.ashlar.local.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.ashlar.local.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The issuer in this JVM, asked over HTTP; its tokens are read as a resource server would. */
class IssuerTest {

    private static final String TENANT = "11111111-1111-4111-8111-111111111111";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    /** The example of RFC 7636, Appendix B. */
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final String REDIRECT = "http://127.0.0.1:8085/callback";

    @TempDir
    static Path directory;

    private static HttpServer server;
    private static String issuer;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        int port = Ports.free("127.0.0.1");
        issuer = "http://127.0.0.1:" + port;
        IssuerSettings settings = new IssuerSettings(
                issuer,
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
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        server.stop(0);
    }

    @Test
    void discovery_names_what_there_is() throws Exception {
        JsonNode discovery = json(get("/.well-known/openid-configuration"));
        assertThat(discovery.path("issuer").asText()).isEqualTo(issuer);
        for (String endpoint : List.of("jwks_uri", "token_endpoint", "authorization_endpoint")) {
            assertThat(discovery.path(endpoint).asText()).startsWith(issuer + "/");
        }
        assertThat(json(get("/jwks")).path("keys").get(0).properties())
                .extracting(Map.Entry::getKey)
                .contains("kid", "n", "e")
                .doesNotContain("d", "p", "q");
    }

    @Test
    void a_users_token_carries_tenant_and_how_the_user_signed_in() throws Exception {
        JwtClaims claims = claims(
                token(Map.of(
                        "grant_type", "password",
                        "client_id", "ashlar-cli",
                        "username", "ana",
                        "password", "ana-trial")),
                "ashlar");
        assertThat(claims.getSubject()).isEqualTo("sub-1");
        assertThat(claims.getStringClaimValue("tenant_id")).isEqualTo(TENANT);
        assertThat(claims.getStringListClaimValue("amr")).containsExactly("pwd");
        assertThat(claims.getStringListClaimValue("roles")).isEmpty();
        assertThat(claims.getStringClaimValue("preferred_username")).isEqualTo("ana");
        assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
                .isEqualTo(300);
    }

    @Test
    void a_service_signs_in_by_basic_or_by_form_and_has_no_tenant() throws Exception {
        String basic = Base64.getEncoder()
                .encodeToString(("ashlar-filter:" + URLEncoder.encode("s3cret:&%", StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> byHeader =
                post("/token", Map.of("grant_type", "client_credentials"), "Authorization", "Basic " + basic);
        for (JsonNode answer : List.of(
                json(byHeader),
                token(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "ashlar-filter",
                        "client_secret", "s3cret:&%")))) {
            JwtClaims claims = claims(answer, "ashlar");
            assertThat(claims.hasClaim("tenant_id")).isFalse();
            assertThat(claims.getStringListClaimValue("roles")).containsExactly("platform:service");
            assertThat(claims.getSubject()).isEqualTo("ashlar-filter");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "password, ashlar-cli, -, ana, wrong, 400, invalid_grant",
                "password, ashlar-cli, -, nobody, ana-trial, 400, invalid_grant",
                "password, ashlar-cli, -, ana, -, 400, invalid_request",
                "password, unknown, -, ana, ana-trial, 401, invalid_client",
                "password, ashlar-filter, wrong, ana, ana-trial, 401, invalid_client",
                "password, ashlar-filter, -, ana, ana-trial, 401, invalid_client",
                "password, ashlar-filter, s3cret:&%, ana, ana-trial, 400, unauthorized_client",
                "client_credentials, ashlar-cli, -, -, -, 400, unauthorized_client",
                "refresh_token, ashlar-cli, -, -, -, 400, unsupported_grant_type",
                "-, ashlar-cli, -, -, -, 400, invalid_request",
            })
    void a_bad_request_for_a_token_is_refused_by_its_code(
            String grant, String client, String secret, String user, String password, int status, String code)
            throws Exception {
        Map<String, String> form = new java.util.LinkedHashMap<>();
        form.put("grant_type", grant);
        form.put("client_id", client);
        form.put("client_secret", secret);
        form.put("username", user);
        form.put("password", password);
        form.values().removeIf(java.util.Objects::isNull);
        HttpResponse<String> answer = post("/token", form);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("error").asText()).isEqualTo(code);
    }

    @Test
    void what_is_too_big_given_twice_or_of_another_type_is_refused() throws Exception {
        assertThat(send(
                                "POST",
                                "/token",
                                "a=" + "x".repeat(20_000),
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(413);
        assertThat(send(
                                "POST",
                                "/token",
                                "client_id=a&client_id=b",
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .body())
                .contains("given twice");
        assertThat(send("POST", "/token", "{}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(415);
        assertThat(get("/token").statusCode()).isEqualTo(405);
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void a_page_gets_a_code_that_only_its_verifier_redeems_once() throws Exception {
        String code = signIn();
        Map<String, String> form = Map.of(
                "grant_type", "authorization_code",
                "client_id", "ashlar-web",
                "redirect_uri", REDIRECT,
                "code_verifier", VERIFIER,
                "code", code);
        JsonNode answer = token(form);
        assertThat(claims(answer, "ashlar").getStringClaimValue("tenant_id")).isEqualTo(TENANT);
        JwtClaims identity = new JwtConsumerBuilder()
                .setVerificationKeyResolver(keys())
                .setExpectedAudience("ashlar-web")
                .build()
                .processToClaims(answer.path("id_token").asText());
        assertThat(identity.getStringClaimValue("nonce")).isEqualTo("n-1");
        assertThat(post("/token", form).body()).contains("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, wrong-verifier-wrong-verifier-wrong-verifier-wrong",
        "redirect_uri, http://127.0.0.1:9999/callback"
    })
    void a_stolen_code_is_worth_nothing_and_is_used_up(String field, String value) throws Exception {
        Map<String, String> form = new java.util.HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "ashlar-web",
                "redirect_uri",
                REDIRECT,
                "code_verifier",
                VERIFIER,
                "code",
                signIn()));
        String right = form.put(field, value);
        assertThat(post("/token", form).body()).contains("invalid_grant");
        form.put(field, right);
        assertThat(post("/token", form).body()).contains("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "redirect_uri, http://evil.example/callback, 400",
                "redirect_uri, http://127.0.0.1:8085/other, 400",
                "redirect_uri, http://127.0.0.1:8085@evil.example/callback, 400",
                "redirect_uri, http://127.0.0.1:8085/callback?x=1, 400",
                "redirect_uri, javascript:alert(1), 400",
                "redirect_uri, -, 400",
                "client_id, ashlar-filter, 400",
                "client_id, -, 400",
                "state, -, 303",
                "code_challenge, -, 303",
                "code_challenge, short, 303",
                "code_challenge_method, plain, 303",
                "code_challenge_method, -, 303",
                "response_type, token, 303",
            })
    void a_bad_request_to_sign_in_never_shows_the_page(String field, String value, int status) throws Exception {
        Map<String, String> query = request();
        if (value == null) {
            query.remove(field);
        } else {
            query.put(field, value);
        }
        HttpResponse<String> answer = get("/authorize?" + encode(query));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("<form");
        if (status == 303) {
            assertThat(answer.headers().firstValue("Location").orElse(""))
                    .startsWith(REDIRECT + "?")
                    .contains("error=");
        }
    }

    @Test
    void a_wrong_password_shows_the_page_again_and_another_browser_cannot_take_it_over() throws Exception {
        HttpResponse<String> page = get("/authorize?" + encode(request()));
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'none'");
        String id = id(page);
        Map<String, String> form = Map.of("request", id, "username", "ana", "password", "wrong");
        assertThat(post("/authorize", form).statusCode())
                .as("without the cookie")
                .isEqualTo(400);
        HttpResponse<String> again = post("/authorize", form, "Cookie", cookie(page));
        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).contains("Name or password is wrong.").doesNotContain(id);
    }

    @Test
    void trial_endpoints_want_their_secret() throws Exception {
        String user =
                "{\"password\":\"x\",\"sub\":\"s\",\"tenant_id\":\"" + TENANT + "\",\"roles\":[],\"amr\":[\"mfa\"]}";
        assertThat(send("PUT", "/trial/users/zoe", user, "Ashlar-Trial-Secret", "wrong")
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("PUT", "/trial/users/zoe", user, "Ashlar-Trial-Secret", "trial-secret")
                        .statusCode())
                .isEqualTo(204);
        JwtClaims claims = claims(
                token(Map.of("grant_type", "password", "client_id", "ashlar-cli", "username", "zoe", "password", "x")),
                "ashlar");
        assertThat(claims.getStringListClaimValue("amr")).containsExactly("mfa");
        for (String bad : List.of("[]", "no json", "{}", "{\"password\":\"x\",\"sub\":\"s\",\"tenant_id\":\"t\"}")) {
            assertThat(send("PUT", "/trial/users/zoe", bad, "Ashlar-Trial-Secret", "trial-secret")
                            .statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void a_trial_token_can_be_expired_and_changed() throws Exception {
        String body = "{\"user\":\"ana\",\"lifetime_seconds\":-60,\"claims\":{\"tenant_id\":null,\"aud\":\"other\"}}";
        JsonNode answer = json(send("POST", "/trial/tokens", body, "Ashlar-Trial-Secret", "trial-secret"));
        JwtClaims claims = new JwtConsumerBuilder()
                .setVerificationKeyResolver(keys())
                .setSkipDefaultAudienceValidation()
                .setEvaluationTime(org.jose4j.jwt.NumericDate.fromSeconds(0))
                .build()
                .processToClaims(answer.path("access_token").asText());
        assertThat(claims.hasClaim("tenant_id")).isFalse();
        assertThat(claims.getAudience()).containsExactly("other");
        assertThat(claims.getExpirationTime().isBefore(org.jose4j.jwt.NumericDate.now()))
                .isTrue();
    }

    private static String signIn() throws Exception {
        HttpResponse<String> page = get("/authorize?" + encode(request()));
        assertThat(page.statusCode()).isEqualTo(200);
        HttpResponse<String> answer = post(
                "/authorize",
                Map.of("request", id(page), "username", "ana", "password", "ana-trial"),
                "Cookie",
                cookie(page));
        assertThat(answer.statusCode()).isEqualTo(303);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(REDIRECT + "?").contains("state=st%26te");
        return java.util.Arrays.stream(URI.create(location).getRawQuery().split("&", -1))
                .filter(pair -> pair.startsWith("code="))
                .findFirst()
                .orElseThrow()
                .substring("code=".length());
    }

    private static Map<String, String> request() {
        return new java.util.LinkedHashMap<>(Map.of(
                "response_type", "code",
                "client_id", "ashlar-web",
                "redirect_uri", REDIRECT,
                "scope", "openid",
                "state", "st&te",
                "nonce", "n-1",
                "code_challenge", CHALLENGE,
                "code_challenge_method", "S256"));
    }

    private static String id(HttpResponse<String> page) {
        String marker = "name=\"request\" value=\"";
        int from = page.body().indexOf(marker) + marker.length();
        return page.body().substring(from, page.body().indexOf('"', from));
    }

    private static String cookie(HttpResponse<String> page) {
        String header = page.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(header).contains("HttpOnly").contains("SameSite=Lax");
        return header.substring(0, header.indexOf(';'));
    }

    private static JwtClaims claims(JsonNode answer, String audience) throws Exception {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .setRequireExpirationTime()
                .setRequireSubject()
                .setVerificationKeyResolver(keys())
                .build();
        return consumer.processToClaims(answer.path("access_token").asText());
    }

    private static JwksVerificationKeyResolver keys() throws Exception {
        assertThat(new HttpsJwks(issuer + "/jwks").getLocation()).endsWith("/jwks");
        return new JwksVerificationKeyResolver(new JsonWebKeySet(get("/jwks").body()).getJsonWebKeys());
    }

    private static JsonNode token(Map<String, String> form) throws Exception {
        HttpResponse<String> answer = post("/token", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return json(answer);
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return Http.JSON.readTree(answer.body());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(issuer + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, Map<String, String> form, String... headers)
            throws Exception {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/x-www-form-urlencoded";
        return send("POST", path, encode(form), all);
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(issuer + path))
                        .headers(headers)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String encode(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
