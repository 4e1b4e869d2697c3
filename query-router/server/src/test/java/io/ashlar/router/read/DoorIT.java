package io.ashlar.router.read;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.ashlar.filter.seal.SealKeys;
import io.ashlar.filter.seal.SealWriter;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.local.Tokens;
import io.ashlar.router.choice.ClusterTrial;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.LogPosition;
import io.ashlar.router.trial.RouterSettings;
import io.ashlar.router.trial.Trial;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who and what is let in. */
@QuarkusTest
class DoorIT {

    @TestHTTPResource
    URI router;

    private Trial trial;
    private SealedQuery query;

    @BeforeEach
    void signIn() {
        trial = Trial.on(router);
        ClusterTrial.awaitWhole(trial);
        query = trial.byId(Trial.TENANT_A, 1);
    }

    @Test
    void aGenuineSealIsRun() {
        page(trial.seal(query)).statusCode(200).body("consistency", equalTo("eventual"));
    }

    @Test
    void theOlderKeyStillOpens() {
        String older = RouterSettings.SEAL_KEYS.substring(RouterSettings.SEAL_KEYS.indexOf(',') + 1);
        page(seal(older, Clock.systemUTC())).statusCode(200);
    }

    @Test
    void nobodyComesInWithoutAToken() {
        given().contentType("application/json")
                .body(Map.of("sealed", trial.seal(query)))
                .post(router.resolve("/api/v1/page"))
                .then()
                .statusCode(401)
                .body("code", equalTo("unauthenticated"));
        given().get(router.resolve("/api/v1/topology")).then().statusCode(401);
    }

    @Test
    void usersAreTurnedAway() {
        String ana = Tokens.of(Trial.stack().endpoints()).user("ana");
        given().auth()
                .oauth2(ana)
                .contentType("application/json")
                .body(Map.of("sealed", trial.seal(query)))
                .post(router.resolve("/api/v1/page"))
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void withoutASealThereIsNothingToRun() {
        post("page", Map.of()).statusCode(400).body("code", equalTo("seal_missing"));
        post("page", Map.of("sealed", " ")).statusCode(400).body("code", equalTo("seal_missing"));
    }

    @Test
    void forgedAlteredAndStrangeSealsAreInvalid() throws JoseException {
        String seal = trial.seal(query);
        String foreign = "k1:"
                + Base64.getEncoder()
                        .encodeToString("another key of thirty-two bytes!".getBytes(StandardCharsets.UTF_8));
        String[] parts = seal.split("\\.", -1);
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String otherTenant = payload.replace(Trial.TENANT_A.toString(), Trial.TENANT_B.toString());
        List<String> bad = List.of(
                "garbage",
                seal(foreign, Clock.systemUTC()),
                seal(RouterSettings.SEAL_KEYS.replace("k1:", "k9:"), Clock.systemUTC()),
                parts[0] + "." + encode(otherTenant) + "." + parts[2],
                encode("{\"alg\":\"none\"}") + "." + parts[1] + ".",
                seal.substring(0, seal.length() - 2),
                sign(payload.replace("ashlar-router", "ashlar-export")),
                sign(payload.replace("ashlar-filter", "somebody")));
        for (String one : bad) {
            page(one).statusCode(400).body("code", equalTo("seal_invalid"));
        }
    }

    @Test
    void anExpiredSealIsExpired() {
        Clock past = Clock.fixed(Instant.now().minus(Duration.ofMinutes(5)), ZoneOffset.UTC);
        page(seal(RouterSettings.SEAL_KEYS, past)).statusCode(400).body("code", equalTo("seal_expired"));
    }

    @Test
    void aSealIsForOneOperation() {
        post("count", Map.of("sealed", trial.seal(query))).statusCode(400).body("code", equalTo("operation_mismatch"));
        SealedQuery count = Trial.query(Trial.TENANT_A, Operation.COUNT, Trial.parcels(), Trial.idIs(1), 0, List.of());
        post("stream", Map.of("sealed", trial.seal(count))).statusCode(400).body("code", equalTo("operation_mismatch"));
    }

    @Test
    void unknownFieldsAndBrokenJsonAreNamed() {
        post("page", Map.of("sealed", trial.seal(query), "tenant", "x"))
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/tenant"));
        given().auth()
                .oauth2(trial.bearer())
                .contentType("application/json")
                .body("{\"sealed\":")
                .post(router.resolve("/api/v1/page"))
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"));
    }

    @Test
    void headersAreNamedTogether() {
        with().header("Ashlar-Consistency", "sometimes")
                .header("Ashlar-Max-Staleness-Ms", "-1")
                .body(Map.of("sealed", trial.seal(query)))
                .post(router.resolve("/api/v1/page"))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.size()", equalTo(2))
                .header("X-Request-ID", notNullValue());
        with().header("Ashlar-Pool", "vip")
                .body(Map.of("sealed", trial.seal(query)))
                .post(router.resolve("/api/v1/page"))
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("unknown_pool"));
    }

    @Test
    void sessionNeedsAToken() {
        consistency("session", null).statusCode(400).body("code", equalTo("session_token_missing"));
    }

    @Test
    void tokensAreChecked() {
        LogPosition start = new LogPosition(1, 0);
        consistency("session", "v1.e30").statusCode(400).body("code", equalTo("token_invalid"));
        consistency(
                        "session",
                        ConsistencyToken.at(1, Trial.TENANT_B, start, Instant.now())
                                .text())
                .statusCode(403)
                .body("code", equalTo("tenant_mismatch"));
        consistency(
                        "session",
                        ConsistencyToken.at(2, Trial.TENANT_A, start, Instant.now())
                                .text())
                .statusCode(409)
                .body("code", equalTo("consistency_lost"));
        consistency(
                        "session",
                        ConsistencyToken.loaded(1, Trial.TENANT_A, Map.of("nowhere", Map.of(0, 1L)), Instant.now())
                                .text())
                .statusCode(400)
                .body("code", equalTo("token_invalid"));
    }

    @Test
    void aPositionThatThePrimaryNeverHadIsLost() {
        LogPosition far = new LogPosition(1, 1L << 50);
        consistency(
                        "session",
                        ConsistencyToken.at(1, Trial.TENANT_A, far, Instant.now())
                                .text())
                .statusCode(409)
                .body("code", equalTo("consistency_lost"));
    }

    @Test
    void analyticsIsNotThere() {
        consistency("analytics", null).statusCode(501).body("code", equalTo("analytics_unavailable"));
    }

    private ValidatableResponse consistency(String level, String token) {
        RequestSpecification request = with().header("Ashlar-Consistency", level);
        if (token != null) {
            request.header("Ashlar-Consistency-Token", token);
        }
        return request.body(Map.of("sealed", trial.seal(query)))
                .post(router.resolve("/api/v1/page"))
                .then();
    }

    private ValidatableResponse page(String seal) {
        return post("page", Map.of("sealed", seal));
    }

    private ValidatableResponse post(String operation, Map<String, String> body) {
        return with().body(body).post(router.resolve("/api/v1/" + operation)).then();
    }

    private RequestSpecification with() {
        return given().auth().oauth2(trial.bearer()).contentType("application/json");
    }

    private String seal(String keys, Clock clock) {
        return new SealWriter(SealKeys.parse(keys), Duration.ofSeconds(60), clock)
                .seal(query)
                .text();
    }

    private static String sign(String payload) throws JoseException {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        jws.setAlgorithmHeaderValue("HS256");
        jws.setHeader("typ", "ashlar-query+jwt");
        jws.setKeyIdHeaderValue("k1");
        jws.setKey(new HmacKey(new byte[32]));
        jws.setPayload(payload);
        return jws.getCompactSerialization();
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
