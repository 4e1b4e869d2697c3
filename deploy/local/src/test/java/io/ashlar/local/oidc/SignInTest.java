package io.ashlar.local.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page to sign in on: codes with PKCE, redirects and cookies. */
class SignInTest {

    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    /** The example of RFC 7636, Appendix B. */
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final String REDIRECT = "http://127.0.0.1:8085/callback";

    @RegisterExtension
    static final RunningIssuer ISSUER = new RunningIssuer();

    @Test
    void a_page_gets_a_code_that_only_its_verifier_redeems_once() throws Exception {
        String code = signIn();
        Map<String, String> form = Map.of(
                "grant_type", "authorization_code",
                "client_id", "ashlar-web",
                "redirect_uri", REDIRECT,
                "code_verifier", VERIFIER,
                "code", code);
        JsonNode answer = ISSUER.token(form);
        assertThat(ISSUER.claims(answer, "ashlar").getStringClaimValue("tenant_id"))
                .isEqualTo(RunningIssuer.TENANT);
        JwtClaims identity = new JwtConsumerBuilder()
                .setVerificationKeyResolver(ISSUER.keys())
                .setExpectedAudience("ashlar-web")
                .build()
                .processToClaims(answer.path("id_token").asText());
        assertThat(identity.getStringClaimValue("nonce")).isEqualTo("n-1");
        assertThat(ISSUER.post("/token", form).body()).contains("invalid_grant");
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
        assertThat(ISSUER.post("/token", form).body()).contains("invalid_grant");
        form.put(field, right);
        assertThat(ISSUER.post("/token", form).body()).contains("invalid_grant");
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
        HttpResponse<String> answer = ISSUER.get("/authorize?" + ISSUER.encode(query));
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
        HttpResponse<String> page = ISSUER.get("/authorize?" + ISSUER.encode(request()));
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'none'");
        String id = id(page);
        Map<String, String> form = Map.of("request", id, "username", "ana", "password", "wrong");
        assertThat(ISSUER.post("/authorize", form).statusCode())
                .as("without the cookie")
                .isEqualTo(400);
        HttpResponse<String> again = ISSUER.post("/authorize", form, "Cookie", cookie(page));
        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).contains("Name or password is wrong.").doesNotContain(id);
    }

    private static String signIn() throws Exception {
        HttpResponse<String> page = ISSUER.get("/authorize?" + ISSUER.encode(request()));
        assertThat(page.statusCode()).isEqualTo(200);
        HttpResponse<String> answer = ISSUER.post(
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
}
