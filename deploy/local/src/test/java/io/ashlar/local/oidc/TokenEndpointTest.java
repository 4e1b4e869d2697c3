package io.ashlar.local.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens by password and by client credentials, read as a resource server would. */
class TokenEndpointTest {

    @RegisterExtension
    static final RunningIssuer ISSUER = new RunningIssuer();

    @Test
    void a_users_token_carries_tenant_and_how_the_user_signed_in() throws Exception {
        JwtClaims claims = ISSUER.claims(
                ISSUER.token(Map.of(
                        "grant_type", "password",
                        "client_id", "ashlar-cli",
                        "username", "ana",
                        "password", "ana-trial")),
                "ashlar");
        assertThat(claims.getSubject()).isEqualTo("sub-1");
        assertThat(claims.getStringClaimValue("tenant_id")).isEqualTo(RunningIssuer.TENANT);
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
                ISSUER.post("/token", Map.of("grant_type", "client_credentials"), "Authorization", "Basic " + basic);
        for (JsonNode answer : List.of(
                ISSUER.json(byHeader),
                ISSUER.token(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "ashlar-filter",
                        "client_secret", "s3cret:&%")))) {
            JwtClaims claims = ISSUER.claims(answer, "ashlar");
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
        HttpResponse<String> answer = ISSUER.post("/token", form);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(ISSUER.json(answer).path("error").asText()).isEqualTo(code);
    }
}
