package io.ashlar.local.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users and tokens for trials, which want the secret. */
class TrialEndpointTest {

    @RegisterExtension
    static final RunningIssuer ISSUER = new RunningIssuer();

    @Test
    void trial_endpoints_want_their_secret() throws Exception {
        String user = "{\"password\":\"x\",\"sub\":\"s\",\"tenant_id\":\"" + RunningIssuer.TENANT
                + "\",\"roles\":[],\"amr\":[\"mfa\"]}";
        assertThat(ISSUER.send("PUT", "/trial/users/zoe", user, "Ashlar-Trial-Secret", "wrong")
                        .statusCode())
                .isEqualTo(403);
        assertThat(ISSUER.send("PUT", "/trial/users/zoe", user, "Ashlar-Trial-Secret", "trial-secret")
                        .statusCode())
                .isEqualTo(204);
        JwtClaims claims = ISSUER.claims(
                ISSUER.token(Map.of(
                        "grant_type", "password", "client_id", "ashlar-cli", "username", "zoe", "password", "x")),
                "ashlar");
        assertThat(claims.getStringListClaimValue("amr")).containsExactly("mfa");
        for (String bad : List.of("[]", "no json", "{}", "{\"password\":\"x\",\"sub\":\"s\",\"tenant_id\":\"t\"}")) {
            assertThat(ISSUER.send("PUT", "/trial/users/zoe", bad, "Ashlar-Trial-Secret", "trial-secret")
                            .statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void older_keys_stay_published_until_they_are_withdrawn() throws Exception {
        int before = published();
        assertThat(keys("{}")).isEqualTo(204);
        assertThat(published()).isEqualTo(before + 1);
        assertThat(keys("{\"withdraw\":true}")).isEqualTo(204);
        assertThat(published()).isEqualTo(1);
        ISSUER.claims(
                ISSUER.token(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "ashlar-cli",
                        "username",
                        "ana",
                        "password",
                        "ana-trial")),
                "ashlar");
    }

    private static int keys(String body) throws Exception {
        return ISSUER.send("POST", "/trial/keys", body, "Ashlar-Trial-Secret", "trial-secret")
                .statusCode();
    }

    private static int published() throws Exception {
        return ISSUER.json(ISSUER.get("/jwks")).path("keys").size();
    }

    @Test
    void a_trial_token_can_be_expired_and_changed() throws Exception {
        String body = "{\"user\":\"ana\",\"lifetime_seconds\":-60,\"claims\":{\"tenant_id\":null,\"aud\":\"other\"}}";
        JsonNode answer =
                ISSUER.json(ISSUER.send("POST", "/trial/tokens", body, "Ashlar-Trial-Secret", "trial-secret"));
        JwtClaims claims = new JwtConsumerBuilder()
                .setVerificationKeyResolver(ISSUER.keys())
                .setSkipDefaultAudienceValidation()
                .setEvaluationTime(org.jose4j.jwt.NumericDate.fromSeconds(0))
                .build()
                .processToClaims(answer.path("access_token").asText());
        assertThat(claims.hasClaim("tenant_id")).isFalse();
        assertThat(claims.getAudience()).containsExactly("other");
        assertThat(claims.getExpirationTime().isBefore(org.jose4j.jwt.NumericDate.now()))
                .isTrue();
    }
}
