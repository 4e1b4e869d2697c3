package io.ashlar.authz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import io.ashlar.local.StackResource;
import io.ashlar.local.Tokens;
import io.ashlar.local.TrialUser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a service takes from its issuer: ours, or with {@code -Dashlar.stack.keycloak=true} the real Keycloak. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class IssuerIT {

    private static final UUID TENANT = UUID.fromString(TrialUser.TENANT_A);
    private static final String QUESTION = Authz.question(Authz.ANA, "dataset.query", "Dataset", "flights");

    private final Tokens tokens = Authz.tokens();

    /** The trial users' own tenant: their tokens are as the issuer makes them. */
    @BeforeEach
    void setUp() {
        Authz.olga()
                .body("{\"name\":\"A\",\"first_admin\":\"" + Authz.ADA + "\"}")
                .put("/api/v1/tenants/" + TENANT)
                .then()
                .statusCode(oneOf(200, 201));
        Authz.as(tokens.user("ada"))
                .body("{\"roles\":[\"admin\"]}")
                .put("/api/v1/users/" + Authz.ANA)
                .then()
                .statusCode(oneOf(200, 201));
    }

    private static int asked(String token) {
        return Authz.as(token).body(QUESTION).post("/access/v1/evaluation").statusCode();
    }

    private static String header(String token) {
        return new String(
                Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), StandardCharsets.UTF_8);
    }

    @Test
    void keysChangeUnderARunningService() {
        for (int i = 0; i < 2; i++) {
            String before = tokens.user("ana");
            assertThat(asked(before)).isEqualTo(200);
            tokens.rotateKey();
            String after = tokens.user("ana");
            assertThat(header(after)).as("another kid").isNotEqualTo(header(before));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> asked(after) == 200);
            assertThat(asked(before)).as("good until it expires").isEqualTo(200);
        }
    }

    @Test
    void howAUserSignedInComesFromTheToken() {
        Authz.as(tokens.user("ana"))
                .delete("/api/v1/policies/not-there")
                .then()
                .statusCode(403)
                .body("code", equalTo("mfa_required"));
        Authz.as(tokens.user("ada")).delete("/api/v1/policies/not-there").then().statusCode(404);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "ashlar.stack.keycloak",
            matches = "true",
            disabledReason = "SKIPPED: only Keycloak exchanges tokens; run with -Dashlar.stack.keycloak=true")
    void anExchangedTokenIsTheUsers() {
        String user = tokens.exchangeable("ada");
        assertThat(asked(user)).isEqualTo(200);
        Authz.as(tokens.exchanged("ashlar-export", user))
                .delete("/api/v1/policies/not-there")
                .then()
                .statusCode(404);
        assertThat(asked(tokens.exchanged("ashlar-export", user))).isEqualTo(200);
    }
}
