package io.ashlar.local.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the issuer tells about itself, and what it takes at most. */
class IssuerTest {

    @RegisterExtension
    static final RunningIssuer ISSUER = new RunningIssuer();

    @Test
    void discovery_names_what_there_is() throws Exception {
        JsonNode discovery = ISSUER.json(ISSUER.get("/.well-known/openid-configuration"));
        assertThat(discovery.path("issuer").asText()).isEqualTo(ISSUER.url());
        for (String endpoint : List.of("jwks_uri", "token_endpoint", "authorization_endpoint")) {
            assertThat(discovery.path(endpoint).asText()).startsWith(ISSUER.url() + "/");
        }
        assertThat(ISSUER.json(ISSUER.get("/jwks")).path("keys").get(0).properties())
                .extracting(Map.Entry::getKey)
                .contains("kid", "n", "e")
                .doesNotContain("d", "p", "q");
    }

    @Test
    void what_is_too_big_given_twice_or_of_another_type_is_refused() throws Exception {
        assertThat(ISSUER.send(
                                "POST",
                                "/token",
                                "a=" + "x".repeat(20_000),
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(413);
        assertThat(ISSUER.send(
                                "POST",
                                "/token",
                                "client_id=a&client_id=b",
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .body())
                .contains("given twice");
        assertThat(ISSUER.send("POST", "/token", "{}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(415);
        assertThat(ISSUER.get("/token").statusCode()).isEqualTo(405);
        assertThat(ISSUER.get("/nowhere").statusCode()).isEqualTo(404);
    }
}
