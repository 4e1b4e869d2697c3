package io.ashlar.ingest.accept;

import static io.ashlar.ingest.app.Api.as;
import static io.ashlar.ingest.app.Api.awaitLoaded;
import static io.ashlar.ingest.app.Api.count;
import static io.ashlar.ingest.app.Api.declare;
import static io.ashlar.ingest.app.Api.key;
import static io.ashlar.ingest.app.Api.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.ashlar.ingest.app.Api;
import io.ashlar.ingest.app.IngestStack;
import io.ashlar.ingest.receipt.IngestReceipt;
import io.ashlar.ingest.receipt.ReceiptVerifier;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.ParsedToken;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@IngestStack
final class TelemetryIT {

    private static final String AT = "2001-01-01T10:00:00Z";

    @BeforeEach
    void attributes() {
        declare("ed", "delay", "int64");
        declare("ed", "origin", "string");
        declare("ed", "ratio", "double");
        declare("ed", "late", "bool");
        declare("ed", "landed", "timestamp");
    }

    private static String one(String entity, String attributes) {
        return "{\"entity_id\":\"" + entity + "\",\"event_at\":\"" + AT + "\",\"attributes\":" + attributes + "}";
    }

    private static String batch(String... records) {
        return "{\"records\":[" + String.join(",", records) + "]}";
    }

    @Test
    void storesWhatItAccepts() throws Exception {
        String key = key();
        String entity = "flight:" + key;
        String body = batch(one(
                entity,
                "{\"delay\":-12,\"origin\":\"ATL \\\"\\u00e9\\\"\",\"ratio\":1.5,\"late\":true,"
                        + "\"landed\":\"2001-01-01T12:00:00+01:00\"}"));
        JsonPath answer = send("ed", key, body)
                .then()
                .statusCode(202)
                .header("Ashlar-Consistency-Token", notNullValue())
                .extract()
                .jsonPath();
        assertThat(answer.getString("batch_key")).isEqualTo(key);
        assertThat(answer.getInt("accepted")).isOne();
        assertThat(answer.getList("rejected")).isEmpty();

        String jwks = given().get("/api/v1/receipts/jwks")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(new ReceiptVerifier(jwks).verify(answer.getString("receipt")))
                .isInstanceOfSatisfying(ReceiptVerifier.Verified.Ok.class, ok -> {
                    IngestReceipt receipt = ok.receipt();
                    assertThat(receipt.accepted()).isOne();
                    assertThat(receipt.tenant()).isEqualTo(Api.TENANT_A);
                    assertThat(ConsistencyToken.parse(answer.getString("token")))
                            .isInstanceOfSatisfying(ParsedToken.Ok.class, token -> assertThat(
                                            token.token().offsets().toString())
                                    .isEqualTo(receipt.offsets().toString()));
                });

        awaitLoaded("ed");
        assertThat(count("SELECT count(*) FROM ingest.entity_values WHERE entity_id = ?", entity))
                .isEqualTo(5);
        assertThat(count("""
                        SELECT count(*) FROM ingest.entity_values
                        WHERE entity_id = ? AND (v_int64 = -12 OR v_string = 'ATL "é"' OR v_double = 1.5 OR v_bool
                            OR v_timestamp = '2001-01-01T11:00:00Z') AND event_at = '2001-01-01T10:00:00Z'
                            AND ingested_at > now() - interval '1 hour'
                        """, entity)).isEqualTo(5);
        assertThat(Api.text("SELECT attributes::text FROM ingest.entity_jsonb WHERE entity_id = ?", entity))
                .isEqualTo(
                        "{\"late\": true, \"delay\": -12, \"ratio\": 1.5, \"landed\": \"2001-01-01T11:00:00.000000Z\", "
                                + "\"origin\": \"ATL \\\"é\\\"\"}");
    }

    @Test
    void namesAllFaultsOfEachRecordAndTakesTheRest() {
        String body = batch(
                one("flight:ok", "{\"delay\":1}"),
                "{\"entity_id\":5,\"event_at\":\"yesterday\",\"attributes\":{\"delay\":\"1\",\"nope\":1},\"x\":1}",
                "7",
                "{}",
                one("x".repeat(129), "{\"delay\":9223372036854775808,\"late\":1,\"origin\":\"\\u0000\"}"),
                one("flight:twice", "{\"delay\":1,\"delay\":2}"),
                one("", "{}"));
        send("ed", key(), body)
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1))
                .body("rejected.index", contains(1, 2, 3, 4, 5, 6))
                .body(
                        "rejected[0].errors.pointer",
                        containsInAnyOrder("/entity_id", "/event_at", "/attributes/delay", "/attributes/nope", "/x"))
                .body(
                        "rejected[0].errors.code",
                        hasItems("attribute_unknown", "attribute_kind_mismatch", "unknown_field"))
                .body("rejected[1].errors.code", contains("wrong_type"))
                .body("rejected[2].errors.code", contains("required", "required", "required"))
                .body(
                        "rejected[3].errors.code",
                        containsInAnyOrder("too_long", "out_of_range", "attribute_kind_mismatch", "invalid_format"))
                .body("rejected[4].errors.code", contains("duplicate_field"))
                .body("rejected[5].errors.code", contains("required", "required"));
    }

    @Test
    void readsLinesAndRefusesOnlyTheBrokenOnes() {
        String lines = one("flight:l1", "{\"delay\":1}") + "\n\nnot json\n" + one("flight:l2", "{\"delay\":null}")
                + " trailing\n" + one("flight:l3", "{\"delay\":null}\r") + "\n";
        as("ed").contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/telemetry")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(2))
                .body("rejected.index", contains(1, 2))
                .body("rejected[0].errors.code", contains("malformed_record"))
                .body("batch_key", notNullValue());
    }

    @Test
    void refusesWhatIsNoBatch() {
        problem(send("ed", key(), "{\"records\":[{"), 400, "malformed_json");
        problem(send("ed", key(), "[]"), 400, "invalid_request");
        problem(send("ed", key(), "{\"record\":[],\"records\":{}}"), 400, "invalid_request");
        problem(send("ed", key(), "{\"records\":[]}"), 400, "batch_empty");
        problem(send("ed", key(), ""), 400, "malformed_json", "invalid_request", "batch_empty");
        problem(send("ed", key(), batch(one("e", "{\"nope\":1}"))), 422, "records_rejected");
        problem(send("ed", key(), "{\"records\":[" + "1,".repeat(10_000) + "1]}"), 413, "too_many_records");
        problem(as("ed").contentType("text/plain").body("x").post("/api/v1/telemetry"), 415, "unsupported_media_type");
        problem(send("ed", "a b\u00e9", batch(one("e", "{\"delay\":1}"))), 400, "invalid_request");
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        problem(send("ed", key(), "{\"records\":[" + " ".repeat(9 * 1024 * 1024) + "]}"), 413, "body_too_large");
    }

    @Test
    void needsAToken() {
        problem(given().contentType("application/json").body("{}").post("/api/v1/telemetry"), 401, "unauthenticated");
        problem(
                given().header("Authorization", "Bearer " + Api.tokens().forged("ed"))
                        .contentType("application/json")
                        .body("{}")
                        .post("/api/v1/telemetry"),
                401,
                "unauthenticated");
        problem(send("ana", key(), batch(one("e", "{\"delay\":1}"))), 403, "forbidden");
        problem(send("olga", key(), batch(one("e", "{\"delay\":1}"))), 403, "tenant_required");
    }

    @Test
    void theSameBatchHasTheSameAnswerAndIsStoredOnce() throws Exception {
        String key = key();
        String body = batch(one("flight:" + key, "{\"delay\":1}"), one("e", "{\"nope\":1}"));
        String first = send("ed", key, body).then().statusCode(202).extract().asString();
        String second = send("ed", key, body).then().statusCode(202).extract().asString();
        assertThat(second).isEqualTo(first);
        problem(send("ed", key, batch(one("other", "{\"delay\":1}"))), 422, "idempotency_key_reused");
        awaitLoaded("ed");
        assertThat(count("SELECT count(*) FROM ingest.entity_values WHERE entity_id = ?", "flight:" + key))
                .isOne();
    }

    @Test
    void parallelRequestsWithOneKeyAreStoredOnce() throws Exception {
        String key = key();
        String body = batch(one("flight:" + key, "{\"delay\":1}"));
        String token = Api.tokens().user("ed");
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> given().header("Authorization", "Bearer " + token)
                        .header("Idempotency-Key", key)
                        .contentType("application/json")
                        .body(body)
                        .post("/api/v1/telemetry")
                        .statusCode()));
            }
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
        }
        assertThat(statuses).contains(202).allMatch(status -> status == 202 || status == 409);
        awaitLoaded("ed");
        assertThat(count("SELECT count(*) FROM ingest.entity_values WHERE entity_id = ?", "flight:" + key))
                .isOne();
    }

    @Test
    void tenantsDoNotSeeEachOther() {
        as("bea").get("/api/v1/attributes").then().statusCode(200).body("attributes.name", not(hasItem("delay")));
        JsonPath first = as("ed").get("/api/v1/attributes?limit=1").jsonPath();
        String next = first.getString("next_cursor");
        as("ed").queryParam("cursor", next)
                .get("/api/v1/attributes")
                .then()
                .statusCode(200)
                .body("attributes.name", not(hasItem(first.getString("attributes[0].name"))));
        problem(as("bea").queryParam("cursor", next).get("/api/v1/attributes"), 400, "invalid_request");
        problem(as("ed").queryParam("cursor", "x").get("/api/v1/dead-letters"), 400, "invalid_request");
        as("ed").get("/api/v1/attributes").then().body("attributes.name", hasItem("delay"));
        problem(send("bea", key(), batch(one("e", "{\"delay\":1}"))), 422, "records_rejected");
    }

    @Test
    void aKindNeverChanges() {
        problem(
                as("ed").contentType("application/json")
                        .body("{\"kind\":\"string\"}")
                        .put("/api/v1/attributes/delay"),
                409,
                "attribute_kind_fixed");
        problem(
                as("ed").contentType("application/json")
                        .body("{\"kind\":\"x\"}")
                        .put("/api/v1/attributes/A-b"),
                400,
                "invalid_request");
        String etag = as("ed").contentType("application/json")
                .body("{\"kind\":\"int64\",\"hot\":false}")
                .put("/api/v1/attributes/changing")
                .header("ETag");
        as("ed").contentType("application/json")
                .header("If-Match", etag)
                .body("{\"kind\":\"int64\",\"hot\":true}")
                .put("/api/v1/attributes/changing")
                .then()
                .statusCode(200)
                .body("hot", equalTo(true));
        problem(
                as("ed").contentType("application/json")
                        .header("If-Match", etag)
                        .body("{\"kind\":\"int64\",\"hot\":false}")
                        .put("/api/v1/attributes/changing"),
                412,
                "precondition_failed");
    }

    private static void problem(Response response, int status, String... codes) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.jsonPath().getString("code")).isIn((Object[]) codes);
    }
}
