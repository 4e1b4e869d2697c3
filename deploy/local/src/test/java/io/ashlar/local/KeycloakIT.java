package io.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ashlar.local.Stack.Server;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The real Keycloak gives what our issuer gives. Fetches 180 MB and takes minutes: only with -Dashlar.keycloak=true. */
@EnabledIfSystemProperty(
        named = "ashlar.keycloak",
        matches = "true",
        disabledReason = "SKIPPED: Keycloak takes minutes and a download; run with -Dashlar.keycloak=true")
class KeycloakIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Stack stack;
    private static Tokens tokens;

    @BeforeAll
    static void start() {
        stack = Stack.start(StackOptions.tests(Server.OIDC).withKeycloak(true));
        tokens = Tokens.of(stack.endpoints());
    }

    @AfterAll
    static void close() {
        stack.close();
    }

    @Test
    void discovery_is_under_the_issuer_we_name() throws IOException {
        URI discovery = URI.create(stack.endpoints().issuer() + "/.well-known/openid-configuration");
        JsonNode answer = JSON.readTree(discovery.toURL().openStream().readAllBytes());
        assertThat(answer.path("issuer").asText()).isEqualTo(stack.endpoints().issuer());
        assertThat(answer.path("token_endpoint").asText())
                .isEqualTo(stack.endpoints().tokenUrl());
    }

    @Test
    void a_users_token_has_the_claims_of_our_issuers() throws IOException {
        JsonNode claims = claims(tokens.user("ada"));
        assertThat(claims.path("sub").asText()).isEqualTo("00000000-0000-4000-8000-000000000003");
        assertThat(claims.path("tenant_id").asText()).isEqualTo(TrialUser.TENANT_A);
        assertThat(claims.path("preferred_username").asText()).isEqualTo("ada");
        assertThat(texts(claims.path("amr"))).containsExactlyInAnyOrder("pwd", "mfa");
        assertThat(claims.path("aud").asText()).isEqualTo("ashlar");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(600);
        assertThat(texts(claims.path("roles"))).isEmpty();
    }

    @Test
    void an_operator_has_a_role_and_no_tenant() throws IOException {
        JsonNode claims = claims(tokens.user("olga"));
        assertThat(texts(claims.path("roles"))).containsExactly("platform:admin");
        assertThat(claims.has("tenant_id")).isFalse();
    }

    @Test
    void a_service_account_has_roles_and_no_tenant() throws IOException {
        JsonNode claims = claims(tokens.service("ashlar-filter"));
        assertThat(texts(claims.path("roles"))).containsExactlyInAnyOrder("platform:service", "platform:on-behalf-of");
        assertThat(claims.has("tenant_id")).isFalse();
        assertThat(claims.path("sub").asText()).isEqualTo("ashlar-filter");
        assertThat(claims.path("client_id").asText()).isEqualTo("ashlar-filter");
        assertThat(claims.path("aud").asText()).isEqualTo("ashlar");
    }

    @Test
    void a_service_account_exchanges_a_users_token_for_one_that_names_the_user() throws IOException {
        String user = tokens.exchangeable("ada");
        assertThat(texts(claims(user).path("aud"))).contains("ashlar", "ashlar-export");
        JsonNode claims = claims(tokens.exchanged("ashlar-export", user));
        assertThat(claims.path("sub").asText()).isEqualTo("00000000-0000-4000-8000-000000000003");
        assertThat(claims.path("tenant_id").asText()).isEqualTo(TrialUser.TENANT_A);
        assertThat(texts(claims.path("amr"))).containsExactlyInAnyOrder("pwd", "mfa");
        assertThat(texts(claims.path("roles"))).isEmpty();
        assertThat(claims.path("azp").asText()).isEqualTo("ashlar-export");
        assertThat(claims.path("client_id").asText()).isEqualTo("ashlar-export");
        assertThat(claims.path("aud").asText()).isEqualTo("ashlar");
        // Without the scope the token was not meant for them.
        assertThatThrownBy(() -> tokens.exchanged("ashlar-export", tokens.user("ada")))
                .isInstanceOf(StackException.class);
    }

    @Test
    void a_new_key_signs_and_the_old_one_stays_published() throws IOException {
        String before = kid(tokens.user("ana"));
        tokens.rotateKey();
        String after = kid(tokens.user("ana"));
        assertThat(after).isNotEqualTo(before);
        URI keys = URI.create(stack.endpoints().issuer() + "/protocol/openid-connect/certs");
        assertThat(JSON.readTree(keys.toURL().openStream().readAllBytes()).findValuesAsText("kid"))
                .contains(before, after);
    }

    private static String kid(String token) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))))
                .path("kid")
                .asText();
    }

    private static java.util.List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode claims(String token) throws IOException {
        int first = token.indexOf('.');
        return JSON.readTree(Base64.getUrlDecoder().decode(token.substring(first + 1, token.lastIndexOf('.'))));
    }
}
