package io.ashlar.guard.identity;

import static io.ashlar.guard.app.Http.tokens;
import static io.ashlar.guard.app.Http.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.ashlar.guard.app.GuardStack;
import io.ashlar.local.TrialUser;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the door refuses it refuses no less when it has just taken in the token next to it. */
@QuarkusTest
@GuardStack
class WarmTokenIT {

    private static final String ANA = "00000000-0000-4000-8000-000000000001";

    @Inject
    MeterRegistry meters;

    /** Ana's, and so often that it is held. */
    private static String warm() {
        String token = tokens().user("ana");
        for (int i = 0; i < 3; i++) {
            accepted(token);
        }
        return token;
    }

    private static void accepted(String token) {
        with(token)
                .get("/trial/me")
                .then()
                .statusCode(200)
                .body("subject", equalTo(ANA))
                .body("tenant", equalTo(TrialUser.TENANT_A));
    }

    private static void refused(String token) {
        for (int i = 0; i < 2; i++) {
            with(token).get("/trial/me").then().statusCode(401).body("code", equalTo("unauthenticated"));
        }
    }

    @Test
    void forgedExpiredAndForeignTokensAreRefusedAsBefore() {
        String token = warm();
        refused(tokens().forged("ana"));
        refused(tokens().expired("ana"));
        refused(tokens().changed("ana", Map.of(), Duration.ofSeconds(-31)));
        refused(tokens().changed("ana", Map.of("aud", "somebody-else"), Duration.ofMinutes(5)));
        refused(tokens().changed("ana", Map.of("iss", "https://issuer.example"), Duration.ofMinutes(5)));
        accepted(token);
    }

    @Test
    void aWarmTokensPartsProveNothing() {
        String token = warm();
        List<String> parts = List.of(token.split("\\."));
        assertThat(parts).hasSize(3);
        String claims = new String(Base64.getUrlDecoder().decode(parts.get(1)), StandardCharsets.UTF_8);
        assertThat(claims).contains(TrialUser.TENANT_A);
        String moved = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        claims.replace(TrialUser.TENANT_A, TrialUser.TENANT_B).getBytes(StandardCharsets.UTF_8));
        refused(parts.get(0) + '.' + moved + '.' + parts.get(2));
        String signature = parts.get(2);
        String other = (signature.charAt(0) == 'A' ? "B" : "A") + signature.substring(1);
        refused(parts.get(0) + '.' + parts.get(1) + '.' + other);
        refused(parts.get(0) + '.' + parts.get(1) + '.');
        refused(parts.get(0) + '.' + parts.get(1));
        refused(token.substring(0, token.length() - 4));
        refused(token + "AAAA");
        given().header("Authorization", "Basic " + token)
                .get("/trial/me")
                .then()
                .statusCode(401);
        accepted(token);
    }

    /** A second answer would be a stack trace in the log for everybody who sends a token of his own making. */
    @Test
    void aRefusalIsAnsweredOnce() {
        List<String> failures = new CopyOnWriteArrayList<>();
        Logger errors = Logger.getLogger("io.quarkus.vertx.http.runtime.QuarkusErrorHandler");
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord record) {
                failures.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        errors.addHandler(listener);
        try {
            for (int i = 0; i < 5; i++) {
                refused(tokens().forged("ana"));
                refused(tokens().expired("ana"));
                refused("nonsense");
            }
            accepted(tokens().user("ana"));
        } finally {
            errors.removeHandler(listener);
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void eachTokenIsItsOwnCaller() {
        String token = warm();
        String elsewhere = tokens().changed("ana", Map.of("tenant_id", TrialUser.TENANT_B), Duration.ofMinutes(5));
        String operator = tokens().user("olga");
        for (int i = 0; i < 3; i++) {
            with(elsewhere)
                    .get("/trial/me")
                    .then()
                    .statusCode(200)
                    .body("subject", equalTo(ANA))
                    .body("tenant", equalTo(TrialUser.TENANT_B));
            with(operator).get("/trial/admin").then().statusCode(200);
            with(token).get("/trial/admin").then().statusCode(403);
            accepted(token);
        }
    }

    private double held() {
        return meters.get("ashlar.guard.tokens.held").gauge().value();
    }

    /** The first token of a new key has the keys fetched; whatever the old ones have proven is proven again. */
    @Test
    void fetchedKeysEndAllTrust() {
        List<String> before = List.of(tokens().user("ana"), tokens().user("olga"), tokens().service("ashlar-filter"));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            before.forEach(token -> with(token).get("/trial/me").then().statusCode(200));
            return held() >= before.size();
        });
        tokens().rotateKey();
        String after = tokens().user("ana");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> with(after).get("/trial/me").statusCode() == 200);
        assertThat(held()).as("at most the new one").isLessThanOrEqualTo(1);
        before.forEach(token -> with(token).get("/trial/me").then().statusCode(200));
    }

    /** A service account's token is held as any other; whom it acts for is said by each request. */
    @Test
    void whomAServiceActsForIsNotHeld() {
        String service = tokens().service("ashlar-filter");
        for (String user : List.of("bob", "ana", "bob")) {
            with(service)
                    .header("Ashlar-On-Behalf-Of", TrialUser.TENANT_B + "/" + user)
                    .get("/trial/me")
                    .then()
                    .statusCode(200)
                    .body("subject", equalTo(user));
        }
        with(service).get("/trial/me").then().statusCode(200).body("tenant", equalTo("null"));
    }
}
